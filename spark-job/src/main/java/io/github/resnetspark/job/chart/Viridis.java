package io.github.resnetspark.job.chart;

import java.awt.Color;

/** Viridis (Smith and van der Walt 2015): even in lightness, and for eyes that tell few colours apart too. */
final class Viridis {
    private static final Color[] STOPS = {
        new Color(0x440154), new Color(0x3B528B), new Color(0x21918C), new Color(0x5EC962), new Color(0xFDE725)
    };

    private Viridis() {}

    /** @param share from 0, dark, to 1, light */
    static Color at(double share) {
        double place = share * (STOPS.length - 1);
        int below = (int) Math.min(STOPS.length - 2, Math.floor(place));
        Color from = STOPS[below];
        Color to = STOPS[below + 1];
        double part = place - below;
        return new Color(
                mixed(from.getRed(), to.getRed(), part),
                mixed(from.getGreen(), to.getGreen(), part),
                mixed(from.getBlue(), to.getBlue(), part));
    }

    private static int mixed(int from, int to, double part) {
        return (int) Math.round(from + (to - from) * part);
    }
}
