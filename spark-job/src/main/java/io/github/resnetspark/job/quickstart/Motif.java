package io.github.resnetspark.job.quickstart;

import java.awt.BasicStroke;
import java.awt.Graphics2D;
import java.awt.Shape;
import java.awt.geom.Area;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.util.Locale;

/**
 * The subject of a picture. Motifs are drawn in the foreground colour around the origin: shapes within a circle of radius 1, textures
 * with a period of about 1 over everything within {@link #REACH}.
 */
enum Motif {
    CHECKERBOARD {
        @Override
        void draw(Graphics2D graphics) {
            for (int row = -REACH; row < REACH; row++) {
                for (int column = -REACH; column < REACH; column++) {
                    if (Math.floorMod(row + column, 2) == 0) {
                        graphics.fill(new Rectangle2D.Double(column * 0.5, row * 0.5, 0.5, 0.5));
                    }
                }
            }
        }
    },
    CRESCENT {
        @Override
        void draw(Graphics2D graphics) {
            Area moon = new Area(circle(0, 0, 1));
            moon.subtract(new Area(circle(0.55, 0, 0.85)));
            graphics.fill(moon);
        }
    },
    CROSS {
        @Override
        void draw(Graphics2D graphics) {
            graphics.fill(new Rectangle2D.Double(-1, -0.28, 2, 0.56));
            graphics.fill(new Rectangle2D.Double(-0.28, -1, 0.56, 2));
        }
    },
    DISC {
        @Override
        void draw(Graphics2D graphics) {
            graphics.fill(circle(0, 0, 0.9));
        }
    },
    DOTS {
        @Override
        void draw(Graphics2D graphics) {
            for (int row = -REACH; row < REACH; row++) {
                for (int column = -REACH; column < REACH; column++) {
                    graphics.fill(circle(column * 0.8, row * 0.8, 0.26));
                }
            }
        }
    },
    RING {
        @Override
        void draw(Graphics2D graphics) {
            graphics.setStroke(new BasicStroke(0.35f));
            graphics.draw(circle(0, 0, 0.8));
        }
    },
    SQUARE {
        @Override
        void draw(Graphics2D graphics) {
            graphics.fill(new Rectangle2D.Double(-0.75, -0.75, 1.5, 1.5));
        }
    },
    STAR {
        @Override
        void draw(Graphics2D graphics) {
            graphics.fill(polygon(10, 0.4));
        }
    },
    STRIPES {
        @Override
        void draw(Graphics2D graphics) {
            for (int row = -REACH; row < REACH; row++) {
                graphics.fill(new Rectangle2D.Double(-REACH, row * 0.8, 2 * REACH, 0.4));
            }
        }
    },
    TRIANGLE {
        @Override
        void draw(Graphics2D graphics) {
            graphics.fill(polygon(3, 1));
        }
    };

    /** The extent of textures, in units of the motif's size. At the smallest size it is beyond the corners of the picture. */
    static final int REACH = 12;

    abstract void draw(Graphics2D graphics);

    boolean isTexture() {
        return this == CHECKERBOARD || this == DOTS || this == STRIPES;
    }

    /** The name of the class and of its folder. */
    String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    private static Shape circle(double x, double y, double radius) {
        return new Ellipse2D.Double(x - radius, y - radius, 2 * radius, 2 * radius);
    }

    /** Corners on the unit circle. Every second one is on the inner radius. */
    private static Shape polygon(int corners, double inner) {
        Path2D path = new Path2D.Double();
        for (int corner = 0; corner < corners; corner++) {
            double angle = 2 * Math.PI * corner / corners;
            double radius = corner % 2 == 0 ? 1 : inner;
            if (corner == 0) {
                path.moveTo(radius, 0);
            } else {
                path.lineTo(radius * Math.cos(angle), radius * Math.sin(angle));
            }
        }
        path.closePath();
        return path;
    }
}
