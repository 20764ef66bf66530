// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.config;

import java.util.Collection;
import java.util.Comparator;

/** Finds what somebody meant to write. */
public final class Spelling {
    private Spelling() {}

    /** "did you mean X?" for the nearest candidate, empty when none is near. */
    public static String didYouMean(String written, Collection<String> candidates) {
        int tolerance = Math.max(1, written.length() / 3);
        return candidates.stream()
                .filter(candidate -> distance(written, candidate) <= tolerance)
                .min(Comparator.comparingInt(candidate -> distance(written, candidate)))
                .map(candidate -> "did you mean " + candidate + "?")
                .orElse("");
    }

    /** Letters to insert, remove, replace, or swap with their neighbour, to turn one word into the other. */
    static int distance(String a, String b) {
        int[][] cost = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                cost[i][j] = i == 0 || j == 0 ? i + j : step(a, b, cost, i, j);
            }
        }
        return cost[a.length()][b.length()];
    }

    private static int step(String a, String b, int[][] cost, int i, int j) {
        int same = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
        int best = Math.min(Math.min(cost[i - 1][j], cost[i][j - 1]) + 1, cost[i - 1][j - 1] + same);
        boolean swapped = i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
        return swapped ? Math.min(best, cost[i - 2][j - 2] + 1) : best;
    }
}
