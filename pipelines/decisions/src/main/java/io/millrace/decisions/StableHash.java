package io.millrace.decisions;

import java.util.SplittableRandom;

/**
 * A 64-bit hash of a seed and business keys that is the same on every machine and in every run, so that what is drawn for
 * one customer or one stock line depends on nothing but its own key.
 *
 * <p>FNV-1a over the characters, finished with the mixing function of SplitMix64 (Steele, Lea and Flood, 2014), which
 * spreads neighbouring keys over the whole range.
 */
public final class StableHash {

    private static final long FNV_OFFSET = 0xcbf29ce484222325L;
    private static final long FNV_PRIME = 0x100000001b3L;
    private static final double TWO_TO_MINUS_53 = 0x1.0p-53;

    private StableHash() {}

    /** The hash of the seed and the keys in their order; ("ab", "c") and ("a", "bc") differ. */
    public static long of(long seed, String... keys) {
        long hash = FNV_OFFSET ^ mix(seed);
        for (String key : keys) {
            for (int i = 0; i < key.length(); i++) {
                hash = (hash ^ key.charAt(i)) * FNV_PRIME;
            }
            hash = mix(hash ^ key.length());
        }
        return mix(hash);
    }

    /** A number that is uniform on [0, 1) over the keys. */
    public static double uniform(long seed, String... keys) {
        return (of(seed, keys) >>> 11) * TWO_TO_MINUS_53;
    }

    /** A generator of its own for these keys. */
    public static SplittableRandom random(long seed, String... keys) {
        return new SplittableRandom(of(seed, keys));
    }

    /** Spreads neighbouring numbers over the whole range: the finaliser of SplitMix64. */
    public static long mix(long value) {
        long z = value + 0x9e3779b97f4a7c15L;
        z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return z ^ (z >>> 31);
    }
}
