package koc.portraits.transitions;

import java.util.Arrays;

/**
 * Pairs rows with columns one to one so that the sum of their gains is as large as possible: the Hungarian algorithm (Kuhn
 * 1955, Munkres 1957) by shortest augmenting paths (Jonker and Volgenant 1987), of cubic time.
 *
 * <p>The matrix is padded to a square with rows or columns of gain 0. Index 0 stands for "not paired yet".
 */
public final class OptimalAssignment {
    private final double[][] gains;
    private final int size;
    private final double maxGain;
    private final double[] rowPotential;
    private final double[] columnPotential;
    private final int[] rowOf;

    private OptimalAssignment(double[][] gains) {
        this.gains = gains;
        this.size = Math.max(gains.length, columnCount(gains));
        this.maxGain =
                Arrays.stream(gains).flatMapToDouble(Arrays::stream).max().orElse(0);
        this.rowPotential = new double[size + 1];
        this.columnPotential = new double[size + 1];
        this.rowOf = new int[size + 1];
    }

    /**
     * The column of each row; -1 for rows without one because there are fewer columns.
     *
     * <p>Worked: gains {@code {{3, 2}, {3, 0}}} give {1, 0}, because 2 + 3 is more than 3 + 0.
     *
     * @param gains one array per row, all of the same length
     */
    public static int[] columns(double[][] gains) {
        OptimalAssignment assignment = new OptimalAssignment(gains);
        for (int row = 1; row <= assignment.size; row++) {
            assignment.augment(row);
        }
        int[] columns = new int[gains.length];
        Arrays.fill(columns, -1);
        for (int column = 1; column <= columnCount(gains); column++) {
            if (assignment.rowOf[column] <= gains.length) {
                columns[assignment.rowOf[column] - 1] = column - 1;
            }
        }
        return columns;
    }

    /** Adds a row to the pairs along the shortest augmenting path. */
    private void augment(int row) {
        rowOf[0] = row;
        int column = 0;
        double[] slack = new double[size + 1];
        Arrays.fill(slack, Double.POSITIVE_INFINITY);
        boolean[] isVisited = new boolean[size + 1];
        int[] predecessors = new int[size + 1];
        do {
            isVisited[column] = true;
            int nearest = 0;
            double minSlack = Double.POSITIVE_INFINITY;
            for (int next = 1; next <= size; next++) {
                if (!isVisited[next]) {
                    double reducedCost =
                            cost(rowOf[column] - 1, next - 1) - rowPotential[rowOf[column]] - columnPotential[next];
                    if (reducedCost < slack[next]) {
                        slack[next] = reducedCost;
                        predecessors[next] = column;
                    }
                    if (slack[next] < minSlack) {
                        minSlack = slack[next];
                        nearest = next;
                    }
                }
            }
            updatePotentials(isVisited, slack, minSlack);
            column = nearest;
        } while (rowOf[column] != 0);
        for (int last = column; last != 0; last = predecessors[last]) {
            rowOf[last] = rowOf[predecessors[last]];
        }
    }

    private void updatePotentials(boolean[] isVisited, double[] slack, double change) {
        for (int column = 0; column <= size; column++) {
            if (isVisited[column]) {
                rowPotential[rowOf[column]] += change;
                columnPotential[column] -= change;
            } else {
                slack[column] -= change;
            }
        }
    }

    private double cost(int row, int column) {
        return row < gains.length && column < gains[row].length ? maxGain - gains[row][column] : maxGain;
    }

    private static int columnCount(double[][] gains) {
        return gains.length == 0 ? 0 : gains[0].length;
    }
}
