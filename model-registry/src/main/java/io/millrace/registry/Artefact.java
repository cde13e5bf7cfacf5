package io.millrace.registry;

import java.nio.file.Files;
import java.nio.file.Path;

/** A model as it is kept: bytes, or a file or folder of this machine, as libraries save theirs. */
public sealed interface Artefact {

    /**
     * In memory.
     *
     * @param bytes at least one
     */
    // Artefacts are told apart by their hash alone, so that the array's identity does no harm.
    @SuppressWarnings("ArrayRecordComponent")
    record Bytes(byte[] bytes) implements Artefact {
        public Bytes {
            if (bytes.length == 0) {
                throw new IllegalArgumentException("the artefact is empty. Register a model that was trained");
            }
        }
    }

    /**
     * On this machine's disk; it has to stay as it is until it is registered.
     *
     * @param path a file of at least one byte, or a folder that holds one
     */
    record OnDisk(Path path) implements Artefact {
        public OnDisk {
            if (!Files.exists(path)) {
                throw new IllegalArgumentException("there is no artefact at " + path);
            }
        }
    }
}
