package koc.portraits;

import java.util.Arrays;

/**
 * Pairs rows with columns one to one so that the sum of their gains is the largest there is: the Hungarian algorithm
 * (Kuhn 1955, Munkres 1957) by shortest augmenting paths (Jonker and Volgenant 1987), of cubic time.
 */
final class OptimalAssignment {
    private OptimalAssignment() {}

    /**
     * The column of each row; -1 for rows that are left over because there are fewer columns.
     *
     * <p>Gains {@code {{3, 2}, {3, 0}}} give {1, 0}: 2 + 3 is more than 3 + 0, though the first row likes its first
     * column best.
     *
     * @param gains one row each with one number for each column, as many in every row
     */
    static int[] columns(double[][] gains) {
        int rows = gains.length;
        int[] columns = new int[rows];
        Arrays.fill(columns, -1);
        int size = Math.max(rows, rows == 0 ? 0 : gains[0].length);
        double most = Arrays.stream(gains).flatMapToDouble(Arrays::stream).max().orElse(0);
        // Square, by rows and columns without any gain; index 0 stands for "not paired yet".
        double[] rowPotential = new double[size + 1];
        double[] columnPotential = new double[size + 1];
        int[] rowOf = new int[size + 1];
        for (int row = 1; row <= size; row++) {
            rowOf[0] = row;
            int column = 0;
            double[] slack = new double[size + 1];
            Arrays.fill(slack, Double.POSITIVE_INFINITY);
            boolean[] isVisited = new boolean[size + 1];
            int[] cameFrom = new int[size + 1];
            do {
                isVisited[column] = true;
                int nearest = 0;
                double least = Double.POSITIVE_INFINITY;
                for (int next = 1; next <= size; next++) {
                    if (!isVisited[next]) {
                        double cost = cost(gains, rowOf[column] - 1, next - 1, most)
                                - rowPotential[rowOf[column]]
                                - columnPotential[next];
                        if (cost < slack[next]) {
                            slack[next] = cost;
                            cameFrom[next] = column;
                        }
                        if (slack[next] < least) {
                            least = slack[next];
                            nearest = next;
                        }
                    }
                }
                for (int any = 0; any <= size; any++) {
                    if (isVisited[any]) {
                        rowPotential[rowOf[any]] += least;
                        columnPotential[any] -= least;
                    } else {
                        slack[any] -= least;
                    }
                }
                column = nearest;
            } while (rowOf[column] != 0);
            for (int last = column; last != 0; last = cameFrom[last]) {
                rowOf[last] = rowOf[cameFrom[last]];
            }
        }
        for (int column = 1; column <= size; column++) {
            if (rowOf[column] <= rows && column <= (rows == 0 ? 0 : gains[0].length)) {
                columns[rowOf[column] - 1] = column - 1;
            }
        }
        return columns;
    }

    private static double cost(double[][] gains, int row, int column, double most) {
        return row < gains.length && column < gains[row].length ? most - gains[row][column] : most;
    }
}
