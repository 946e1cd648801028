package org.capacityboard.process.settings;

/** Where the state of the jobs lives while they run. */
public enum StateBackend {
    /** On the heap: fastest, as long as it fits. */
    HASHMAP,
    /** On disk: for more lines than the heap holds. */
    ROCKSDB
}
