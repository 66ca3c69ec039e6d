package koc.portraits.groups;

import java.util.SplittableRandom;
import koc.portraits.groups.ProductBaskets.Basket;

/**
 * Vectors of products: two products are near each other when the same users buy both.
 *
 * <p>They come from a truncated singular value decomposition of users x products. A cell is ln(users / (1 + users of the
 * product)) when the user bought the product, else 0: rare products say more about a user (tf-idf). The leading subspace is
 * found by randomised subspace iteration (Halko, Martinsson and Tropp 2011, Finding structure with randomness). Vectors have
 * the length 1, so that distances between them are those of their angles.
 */
final class ProductFactors {
    private static final int ITERATIONS = 8;
    /** Directions with less than this fraction of the largest length count as empty. */
    private static final double NEGLIGIBLE = 1e-10;

    private final ProductBaskets baskets;
    private final double[] rarity;
    private final int factors;

    private ProductFactors(ProductBaskets baskets, int factors) {
        this.baskets = baskets;
        this.factors = Math.min(
                factors, Math.min(baskets.products().size(), baskets.users().size()));
        int[] users = baskets.countUsers();
        this.rarity = new double[users.length];
        for (int product = 0; product < users.length; product++) {
            rarity[product] = Math.max(0, Math.log(baskets.users().size() / (1.0 + users[product])));
        }
    }

    /** One vector per product; equal baskets and seeds give equal vectors. */
    static double[][] compute(ProductBaskets baskets, int factors, long seed) {
        return new ProductFactors(baskets, factors).compute(new SplittableRandom(seed));
    }

    private double[][] compute(SplittableRandom random) {
        double[][] basis = new double[rarity.length][factors];
        for (double[] row : basis) {
            for (int f = 0; f < factors; f++) {
                row[f] = random.nextGaussian();
            }
        }
        orthonormalise(basis);
        for (int iteration = 0; iteration < ITERATIONS; iteration++) {
            basis = productSums(basis);
            orthonormalise(basis);
        }
        return vectors(basis);
    }

    /** The matrix times its transpose times the basis, user by user: nothing of the size users x factors is kept. */
    private double[][] productSums(double[][] basis) {
        double[][] sums = new double[basis.length][factors];
        for (Basket user : baskets.users()) {
            double[] position = position(user, basis);
            for (int i = 0; i < user.products().length; i++) {
                if (user.attention()[i] > 0) {
                    add(sums[user.products()[i]], position, rarity[user.products()[i]]);
                }
            }
        }
        return sums;
    }

    /** The row of a user times the basis. */
    private double[] position(Basket user, double[][] basis) {
        double[] position = new double[factors];
        for (int i = 0; i < user.products().length; i++) {
            if (user.attention()[i] > 0) {
                add(position, basis[user.products()[i]], rarity[user.products()[i]]);
            }
        }
        return position;
    }

    /**
     * The products in the subspace. Their inner products are those of the matrix's columns: with L L' the products of the
     * users' positions, a product's vector is its row of the basis times L.
     */
    private double[][] vectors(double[][] basis) {
        double[][] products = new double[factors][factors];
        for (Basket user : baskets.users()) {
            double[] position = position(user, basis);
            for (int f = 0; f < factors; f++) {
                add(products[f], position, position[f]);
            }
        }
        double[][] lower = cholesky(products);
        double[][] vectors = new double[basis.length][factors];
        for (int product = 0; product < basis.length; product++) {
            for (int f = 0; f < factors; f++) {
                add(vectors[product], lower[f], basis[product][f]);
            }
            double length = Math.sqrt(dot(vectors[product], vectors[product]));
            if (length > 0) {
                scale(vectors[product], 1 / length);
            }
        }
        return vectors;
    }

    /** Makes the columns of a matrix orthonormal, one after the other (modified Gram-Schmidt). */
    private static void orthonormalise(double[][] matrix) {
        int columns = matrix.length == 0 ? 0 : matrix[0].length;
        double largest = 0;
        for (int c = 0; c < columns; c++) {
            for (int earlier = 0; earlier < c; earlier++) {
                double common = 0;
                for (double[] row : matrix) {
                    common += row[c] * row[earlier];
                }
                for (double[] row : matrix) {
                    row[c] -= common * row[earlier];
                }
            }
            double square = 0;
            for (double[] row : matrix) {
                square += row[c] * row[c];
            }
            double length = Math.sqrt(square);
            largest = Math.max(largest, length);
            double factor = length > NEGLIGIBLE * largest ? 1 / length : 0;
            for (double[] row : matrix) {
                row[c] *= factor;
            }
        }
    }

    /** The lower triangular L with L L' = the matrix; columns of negligible pivots stay 0. */
    private static double[][] cholesky(double[][] matrix) {
        int size = matrix.length;
        double[][] lower = new double[size][size];
        double largest = 0;
        for (int c = 0; c < size; c++) {
            double pivot = matrix[c][c] - dot(lower[c], lower[c]);
            largest = Math.max(largest, pivot);
            if (pivot <= NEGLIGIBLE * largest) {
                continue;
            }
            double root = Math.sqrt(pivot);
            for (int r = c + 1; r < size; r++) {
                lower[r][c] = (matrix[r][c] - dot(lower[r], lower[c])) / root;
            }
            lower[c][c] = root;
        }
        return lower;
    }

    private static void add(double[] sum, double[] values, double factor) {
        for (int i = 0; i < sum.length; i++) {
            sum[i] += factor * values[i];
        }
    }

    private static void scale(double[] values, double factor) {
        for (int i = 0; i < values.length; i++) {
            values[i] *= factor;
        }
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }
}
