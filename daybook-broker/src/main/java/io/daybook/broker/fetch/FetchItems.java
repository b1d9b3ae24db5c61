package io.daybook.broker.fetch;

import java.util.List;

/**
 * The partitions of one fetch.
 *
 * @param list in the order in which they are answered
 * @param first which of them is served first; the others follow in their order, and then those before it
 */
record FetchItems(List<FetchItem> list, int first) {
    FetchItems {
        list = List.copyOf(list);
    }
}
