package org.capacityboard.domain.throughput;

/** An open hour as bytes, which never change. */
final class FrozenHour extends HourChunk {
    private final byte[] bytes;

    /** @param bytes the hour, encoded */
    FrozenHour(byte[] bytes) {
        this.bytes = bytes;
    }

    @Override
    public HourChunk frozen() {
        return this;
    }

    @Override
    public HourChunk thawed() {
        return decode(bytes);
    }

    @Override
    public byte[] encode() {
        return bytes;
    }
}
