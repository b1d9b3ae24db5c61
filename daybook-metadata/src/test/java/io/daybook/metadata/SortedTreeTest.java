package io.daybook.metadata;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class SortedTreeTest {
    @Test
    void behavesLikeASortedMapUnderAnyChanges() {
        for (int seed = 0; seed < 50; seed++) {
            Random random = new Random(seed);
            TreeMap<Integer, String> model = new TreeMap<>();
            SortedTree<Integer, String> tree = SortedTree.empty();
            for (int step = 0; step < 400; step++) {
                int key = random.nextInt(100);
                if (random.nextInt(3) > 0) {
                    model.put(key, "v" + step);
                    tree = tree.with(key, "v" + step);
                } else {
                    model.remove(key);
                    tree = tree.without(key);
                }
                assertThat(tree.size()).isEqualTo(model.size());
                assertThat(tree.get(key).orElse(null)).isEqualTo(model.get(key));
            }
            assertThat(tree).containsExactlyElementsOf(model.values());
            assertThat(tree.keys()).containsExactlyElementsOf(model.keySet());
            int first = random.nextInt(110);
            assertThat(tree.from(first))
                    .containsExactlyElementsOf(model.tailMap(first).values());
        }
    }

    @Test
    void anOlderVersionStaysAsItWas() {
        List<SortedTree<Integer, Integer>> versions = new ArrayList<>();
        SortedTree<Integer, Integer> tree = SortedTree.empty();
        for (int i = 0; i < 1000; i++) {
            versions.add(tree);
            tree = tree.with(i, i);
        }
        for (int i = 0; i < versions.size(); i++) {
            assertThat(versions.get(i).size()).isEqualTo(i);
            assertThat(versions.get(i).get(i)).isEmpty();
        }
    }

    @Test
    void staysShallowWhenKeysComeInOrder() {
        SortedTree<Integer, Integer> tree = SortedTree.empty();
        for (int i = 0; i < 100_000; i++) {
            tree = tree.with(i, i);
        }
        assertThat(tree.height()).isLessThan(25);
    }
}
