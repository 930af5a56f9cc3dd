package io.github.resnetspark.image.jpeg;

import io.github.resnetspark.image.jpeg.JpegScans.JpegDamageException;
import io.github.resnetspark.message.model.JpegReasons;

/** Reads the blocks of one scan of a JPEG, 64 coefficients each, without computing their values. */
abstract class JpegBlocks {
    private static final int LAST = 63;
    private static final int ZERO_RUN = 15;

    final JpegBits bits;

    private JpegBlocks(JpegBits bits) {
        this.bits = bits;
    }

    /** Reads a block of a colour. */
    abstract void read(JpegColour colour, int block);

    /** Whether the tables that the scan needs are present. */
    abstract boolean hasCodes(JpegColour colour);

    /** Whether further blocks after the last one could be read in the same way. */
    boolean canContinue() {
        return true;
    }

    /** Throws if the data announced more blocks. */
    void end() {}

    /** Blocks of a sequential picture. */
    static final class Sequential extends JpegBlocks {
        Sequential(JpegBits bits) {
            super(bits);
        }

        @Override
        boolean hasCodes(JpegColour colour) {
            return colour.dc() != null && colour.ac() != null;
        }

        @Override
        void read(JpegColour colour, int block) {
            int meanSize = bits.code(colour.dc()) & 15;
            colour.addToMean(meanSize, bits.take(meanSize));
            JpegCodes codes = colour.ac();
            int at = 1;
            while (at <= LAST) {
                int code = bits.code(codes);
                int size = code & 15;
                int zeros = code >> 4;
                if (size == 0) {
                    if (zeros != ZERO_RUN) {
                        return;
                    }
                    at += ZERO_RUN + 1;
                } else {
                    at += zeros + 1;
                    bits.take(size);
                }
            }
            refuseBeyond(at - 1, LAST);
        }
    }

    /** A progressive scan with the first bits of all means. */
    static final class FirstMeans extends JpegBlocks {
        FirstMeans(JpegBits bits) {
            super(bits);
        }

        @Override
        boolean hasCodes(JpegColour colour) {
            return colour.dc() != null;
        }

        @Override
        void read(JpegColour colour, int block) {
            bits.take(bits.code(colour.dc()) & 15);
        }
    }

    /** A progressive scan with one more bit of all means. */
    static final class LaterMeans extends JpegBlocks {
        LaterMeans(JpegBits bits) {
            super(bits);
        }

        @Override
        boolean hasCodes(JpegColour colour) {
            return true;
        }

        @Override
        void read(JpegColour colour, int block) {
            bits.take(1);
        }

        @Override
        boolean canContinue() {
            return false;
        }
    }

    /** A progressive scan with the first bits of some coefficients. */
    static class First extends JpegBlocks {
        final int first;
        final int last;
        /** Number of following blocks without coefficients. */
        int empty;

        First(JpegBits bits, int first, int last) {
            super(bits);
            this.first = first;
            this.last = last;
        }

        @Override
        boolean hasCodes(JpegColour colour) {
            return colour.ac() != null;
        }

        @Override
        void read(JpegColour colour, int block) {
            if (empty > 0) {
                empty--;
                return;
            }
            long found = 0;
            int at = first;
            while (at <= last) {
                int code = bits.code(colour.ac());
                int size = code & 15;
                int zeros = code >> 4;
                if (size == 0 && zeros < ZERO_RUN) {
                    empty = (1 << zeros) + bits.take(zeros) - 1;
                    break;
                }
                at += zeros;
                refuseBeyond(at, last);
                if (size > 0) {
                    bits.take(size);
                    found |= 1L << at;
                }
                at++;
            }
            colour.nonzero()[block] |= found;
        }

        @Override
        boolean canContinue() {
            return false;
        }

        @Override
        void end() {
            if (empty > 0) {
                throw new JpegDamageException(JpegReasons.continuesAfterLastBlock());
            }
        }
    }

    /** A progressive scan with one more bit of some coefficients: of those that were not zero, and of new ones. */
    static final class Later extends First {
        Later(JpegBits bits, int first, int last) {
            super(bits, first, last);
        }

        @Override
        void read(JpegColour colour, int block) {
            long known = colour.nonzero()[block];
            long found = 0;
            int at = first;
            while (at <= last && empty == 0) {
                int code = bits.code(colour.ac());
                int size = code & 15;
                int zeros = code >> 4;
                if (size == 0 && zeros < ZERO_RUN) {
                    empty = (1 << zeros) + bits.take(zeros);
                    break;
                }
                if (size > 1) {
                    throw new JpegDamageException(JpegReasons.invalidCode());
                }
                bits.take(size);
                at = passZeros(known, at, zeros);
                if (size > 0) {
                    refuseBeyond(at, last);
                    found |= 1L << at;
                }
                at++;
            }
            if (empty > 0) {
                for (int left = Long.bitCount((known >>> at << at) & (-1L >>> (LAST - last))); left > 0; left--) {
                    bits.take(1);
                }
                empty--;
            }
            colour.nonzero()[block] |= found;
        }

        private int passZeros(long known, int from, int zeros) {
            int at = from;
            for (int left = zeros; at <= last; at++) {
                if ((known >> at & 1) != 0) {
                    bits.take(1);
                } else if (left-- == 0) {
                    break;
                }
            }
            return at;
        }
    }

    private static void refuseBeyond(int at, int last) {
        if (at > last) {
            throw new JpegDamageException(JpegReasons.tooManyCoefficients());
        }
    }
}
