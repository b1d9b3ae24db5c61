package io.daybook.metadata;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * An immutable sorted map that shares what did not change with the map it was made from: a change copies one path of
 * the tree, so that a hundred thousand topics cost a new one no more than a few hundred bytes. An AVL tree.
 */
final class SortedTree<K extends Comparable<K>, V> implements Iterable<V> {
    private static final SortedTree<?, ?> EMPTY = new SortedTree<String, Object>(null);

    private final @Nullable Node<K, V> root;

    private record Node<K, V>(
            K key,
            V value,
            @Nullable Node<K, V> left,
            @Nullable Node<K, V> right,
            int height,
            int size) {}

    private SortedTree(@Nullable Node<K, V> root) {
        this.root = root;
    }

    @SuppressWarnings("unchecked") // it holds nothing
    static <K extends Comparable<K>, V> SortedTree<K, V> empty() {
        return (SortedTree<K, V>) EMPTY;
    }

    int size() {
        return size(root);
    }

    int height() {
        return height(root);
    }

    Optional<V> get(K key) {
        Node<K, V> node = root;
        while (node != null) {
            int order = key.compareTo(node.key);
            if (order == 0) {
                return Optional.of(node.value);
            }
            node = order < 0 ? node.left : node.right;
        }
        return Optional.empty();
    }

    SortedTree<K, V> with(K key, V value) {
        return new SortedTree<>(put(root, key, value));
    }

    SortedTree<K, V> without(K key) {
        return get(key).isEmpty() ? this : new SortedTree<>(remove(root, key));
    }

    /** All values in the order of their keys. */
    @Override
    public Iterator<V> iterator() {
        return new InOrder<>(leftmost(), Node::value);
    }

    /** All keys in their order. */
    Iterable<K> keys() {
        return () -> new InOrder<>(leftmost(), Node::key);
    }

    /** The values whose keys are not less than {@code first}, in the order of their keys. */
    Iterable<V> from(K first) {
        return () -> {
            Deque<Node<K, V>> path = new ArrayDeque<>();
            Node<K, V> node = root;
            while (node != null) {
                if (first.compareTo(node.key) <= 0) {
                    path.push(node);
                    node = node.left;
                } else {
                    node = node.right;
                }
            }
            return new InOrder<>(path, Node::value);
        };
    }

    private Deque<Node<K, V>> leftmost() {
        Deque<Node<K, V>> path = new ArrayDeque<>();
        for (Node<K, V> node = root; node != null; node = node.left) {
            path.push(node);
        }
        return path;
    }

    private static final class InOrder<K, V, T> implements Iterator<T> {
        private final Deque<Node<K, V>> path;
        private final Function<Node<K, V>, T> part;

        InOrder(Deque<Node<K, V>> path, Function<Node<K, V>, T> part) {
            this.path = path;
            this.part = part;
        }

        @Override
        public boolean hasNext() {
            return !path.isEmpty();
        }

        @Override
        public T next() {
            Node<K, V> next = path.poll();
            if (next == null) {
                throw new NoSuchElementException();
            }
            for (Node<K, V> node = next.right; node != null; node = node.left) {
                path.push(node);
            }
            return part.apply(next);
        }
    }

    private static <K extends Comparable<K>, V> Node<K, V> put(@Nullable Node<K, V> node, K key, V value) {
        if (node == null) {
            return node(key, value, null, null);
        }
        int order = key.compareTo(node.key);
        if (order == 0) {
            return node(key, value, node.left, node.right);
        }
        return order < 0
                ? balanced(node.key, node.value, put(node.left, key, value), node.right)
                : balanced(node.key, node.value, node.left, put(node.right, key, value));
    }

    private static <K extends Comparable<K>, V> @Nullable Node<K, V> remove(@Nullable Node<K, V> node, K key) {
        if (node == null) {
            return null;
        }
        int order = key.compareTo(node.key);
        if (order < 0) {
            return balanced(node.key, node.value, remove(node.left, key), node.right);
        }
        if (order > 0) {
            return balanced(node.key, node.value, node.left, remove(node.right, key));
        }
        if (node.left == null || node.right == null) {
            return node.left == null ? node.right : node.left;
        }
        Node<K, V> successor = node.right;
        while (successor.left != null) {
            successor = successor.left;
        }
        return balanced(successor.key, successor.value, node.left, remove(node.right, successor.key));
    }

    private static <K, V> Node<K, V> balanced(K key, V value, @Nullable Node<K, V> left, @Nullable Node<K, V> right) {
        if (left != null && left.height > height(right) + 1) {
            Node<K, V> inner = left.right;
            if (inner != null && inner.height > height(left.left)) {
                return node(
                        inner.key,
                        inner.value,
                        node(left.key, left.value, left.left, inner.left),
                        node(key, value, inner.right, right));
            }
            return node(left.key, left.value, left.left, node(key, value, inner, right));
        }
        if (right != null && right.height > height(left) + 1) {
            Node<K, V> inner = right.left;
            if (inner != null && inner.height > height(right.right)) {
                return node(
                        inner.key,
                        inner.value,
                        node(key, value, left, inner.left),
                        node(right.key, right.value, inner.right, right.right));
            }
            return node(right.key, right.value, node(key, value, left, inner), right.right);
        }
        return node(key, value, left, right);
    }

    private static <K, V> Node<K, V> node(K key, V value, @Nullable Node<K, V> left, @Nullable Node<K, V> right) {
        int height = 1 + Math.max(height(left), height(right));
        return new Node<>(key, value, left, right, height, 1 + size(left) + size(right));
    }

    private static int height(@Nullable Node<?, ?> node) {
        return node == null ? 0 : node.height;
    }

    private static int size(@Nullable Node<?, ?> node) {
        return node == null ? 0 : node.size;
    }
}
