// One drawn landscape at small N with full symmetric tensors: its covariance is Q(C)/N and its signal -S(m), exactly at every N.
using System;
using Thalweg.Models;
using Thalweg.Numerics.Random;

namespace Thalweg.Instances;

/// <summary>
/// A draw of ℓ(σ) = Σ_k ε_k(σ) - S(m), ε_k(σ) = -sqrt(a_k/N) Σ G_{i_1..i_k} σ_{i_1}..σ_{i_k} with iid standard normal entries over all N^k index tuples, Q(x) = Σ a_k x^k, m =
/// σ_1 (the signal is e_1).
/// </summary>
/// <remarks>
/// The sums run over all tuples, not over i_1 &lt; .. &lt; i_k as in eq. (1) of the paper: then E[noise(σ) noise(σ')] = Q(σ·σ')/N holds for every N, where the strict sums are
/// O(1/N) off (derived).
/// Immutable, safe to share between threads; a caller brings its own workspace. Memory 8 Σ_k N^k bytes.
/// </remarks>
public sealed class SmallInstance
{
    /// <summary>The largest number of tensor entries that is accepted, Σ_k N^k.</summary>
    public const long LargestSize = 1L << 24;

    private readonly int[] powers;
    private readonly double[][] tensors;

    private SmallInstance(Model model, int dimension, int[] powers, double[][] tensors)
    {
        Model = model;
        Dimension = dimension;
        this.powers = powers;
        this.tensors = tensors;
        int longest = dimension * dimension;
        foreach (double[] tensor in tensors)
        {
            longest = Math.Max(longest, tensor.Length / dimension);
        }

        WorkspaceLength = longest;
    }

    /// <summary>The distribution that the instance was drawn from.</summary>
    public Model Model { get; }

    /// <summary>N.</summary>
    public int Dimension { get; }

    /// <summary>How many doubles <see cref="Evaluate"/> needs to work in: the larger of N² and N^(p-1).</summary>
    public int WorkspaceLength { get; }

    /// <summary>Draws an instance: one normal number for each multiset of indices, spread over its permutations. O(Σ N^k) time.</summary>
    /// <param name="model">Q and S, powers of Q at least 1.</param>
    /// <param name="dimension">N, at least 2, with Σ_k N^k at most <see cref="LargestSize"/>.</param>
    /// <param name="seed">The seed of the run.</param>
    /// <param name="replica">Which instance of that seed.</param>
    /// <exception cref="ArgumentOutOfRangeException">N is below 2 or the tensors would be too large.</exception>
    public static SmallInstance Draw(Model model, int dimension, ulong seed, uint replica)
    {
        ArgumentNullException.ThrowIfNull(model);
        if (dimension < 2)
        {
            throw new ArgumentOutOfRangeException(nameof(dimension), dimension, "must be at least 2: the sphere of dimension 0 has no gradient");
        }

        int[] orders = model.Noise.Powers.ToArray();
        double total = 0;
        foreach (int power in orders)
        {
            total += Math.Pow(dimension, power);
        }

        if (total > LargestSize)
        {
            string sentence = $"full tensors of powers {string.Join(", ", orders)} would have {total:0.0e+00} entries, more than {LargestSize}; choose a smaller N";
            throw new ArgumentOutOfRangeException(nameof(dimension), dimension, sentence);
        }

        var parts = new double[orders.Length][];
        for (int k = 0; k < orders.Length; k++)
        {
            var stream = new PhiloxStream(seed, StreamPurpose.Instance, replica, (uint)orders[k]);
            parts[k] = DrawTensor(dimension, orders[k], -Math.Sqrt(model.Noise.Coefficients[k] / dimension), stream);
        }

        return new(model, dimension, orders, parts);
    }

    /// <summary>ℓ, its Euclidean gradient and its Euclidean Hessian at a point; no allocation, O(Σ N^k).</summary>
    /// <param name="point">σ: [i], N entries; the formulas hold on and off the sphere.</param>
    /// <param name="gradient">[i], N entries, overwritten by ∂ℓ/∂σ_i.</param>
    /// <param name="hessian">[i, j] row-major, N × N, overwritten by ∂²ℓ/∂σ_i∂σ_j.</param>
    /// <param name="workspace">At least <see cref="WorkspaceLength"/> entries, overwritten.</param>
    /// <returns>ℓ(σ), an energy per N.</returns>
    public double Evaluate(ReadOnlySpan<double> point, Span<double> gradient, Span<double> hessian, Span<double> workspace)
    {
        int n = Dimension;
        double m = point[0], value = -Model.Signal.Q(m);
        gradient[..n].Clear();
        hessian[..(n * n)].Clear();
        gradient[0] = -Model.Signal.DQ(m);
        hessian[0] = -Model.Signal.D2Q(m);
        for (int k = 0; k < powers.Length; k++)
        {
            int power = powers[k];
            double[] tensor = tensors[k];
            if (power == 1)
            {
                value += AddLinear(tensor, point, gradient);
                continue;
            }

            // Contract with σ until a matrix A is left: ε = σ^T A σ, gradient k A σ, Hessian k (k-1) A.
            ReadOnlySpan<double> matrix = tensor;
            for (int length = tensor.Length / n; length >= n * n; length /= n)
            {
                Contract(matrix, point, workspace[..length]);
                matrix = workspace[..length];
            }

            for (int i = 0; i < n; i++)
            {
                double sum = 0;
                for (int j = 0; j < n; j++)
                {
                    double entry = matrix[i * n + j];
                    sum += entry * point[j];
                    hessian[i * n + j] += power * (power - 1) * entry;
                }

                gradient[i] += power * sum;
                value += point[i] * sum;
            }
        }

        return value;
    }

    /// <summary>The Riemannian gradient g - (σ·g) σ on the unit sphere, in place.</summary>
    /// <param name="point">σ, |σ| = 1.</param>
    /// <param name="gradient">The Euclidean gradient, overwritten.</param>
    /// <returns>The radial derivative s = σ·g; the spherical multiplier is -s.</returns>
    public static double ProjectGradient(ReadOnlySpan<double> point, Span<double> gradient)
    {
        double radial = 0;
        for (int i = 0; i < point.Length; i++)
        {
            radial += point[i] * gradient[i];
        }

        for (int i = 0; i < point.Length; i++)
        {
            gradient[i] -= radial * point[i];
        }

        return radial;
    }

    /// <summary>
    /// The Riemannian Hessian P H P - s P on the unit sphere, as an (N-1) × (N-1) matrix in an orthonormal basis of the tangent space (the images of e_2..e_N under the
    /// reflection that exchanges e_1 and ±σ).
    /// </summary>
    /// <param name="point">σ, |σ| = 1.</param>
    /// <param name="hessian">The Euclidean Hessian [i, j].</param>
    /// <param name="radial">s = σ·∂ℓ.</param>
    /// <param name="tangent">[a, b] row-major, (N-1) × (N-1), overwritten.</param>
    public static void TangentHessian(ReadOnlySpan<double> point, ReadOnlySpan<double> hessian, double radial, Span<double> tangent)
    {
        // F = I - β u u^T with u = σ + sign(σ_1) e_1; F H F = H - u p^T - p u^T with p = β H u - (β²/2)(u^T H u) u.
        int n = point.Length;
        double sign = point[0] >= 0 ? 1 : -1, beta = 1 / (1 + Math.Abs(point[0])), overlap = 0;
        Span<double> p = n <= 64 ? stackalloc double[n] : new double[n];
        for (int i = 0; i < n; i++)
        {
            double sum = hessian[i * n] * sign;
            for (int j = 0; j < n; j++)
            {
                sum += hessian[i * n + j] * point[j];
            }

            p[i] = beta * sum;
            overlap += sum * (i == 0 ? point[0] + sign : point[i]);
        }

        for (int i = 1; i < n; i++)
        {
            p[i] -= 0.5 * beta * beta * overlap * point[i];
        }

        for (int i = 1; i < n; i++)
        {
            for (int j = 1; j < n; j++)
            {
                tangent[(i - 1) * (n - 1) + j - 1] = hessian[i * n + j] - point[i] * p[j] - p[i] * point[j] - (i == j ? radial : 0);
            }
        }
    }

    private static double AddLinear(double[] tensor, ReadOnlySpan<double> point, Span<double> gradient)
    {
        double sum = 0;
        for (int i = 0; i < tensor.Length; i++)
        {
            sum += tensor[i] * point[i];
            gradient[i] += tensor[i];
        }

        return sum;
    }

    // target[a] = Σ_i source[a, i] σ_i; source and target may start at the same place, because entry a is written after it was read.
    private static void Contract(ReadOnlySpan<double> source, ReadOnlySpan<double> point, Span<double> target)
    {
        int n = point.Length;
        for (int a = 0; a < target.Length; a++)
        {
            var row = source.Slice(a * n, n);
            double sum = 0;
            for (int i = 0; i < n; i++)
            {
                sum += row[i] * point[i];
            }

            target[a] = sum;
        }
    }

    // The symmetric part of an iid tensor: an entry is the mean of the iid entries over its distinct permutations, normal with variance 1/(number of them).
    private static double[] DrawTensor(int n, int power, double scale, PhiloxStream stream)
    {
        int length = 1;
        for (int k = 0; k < power; k++)
        {
            length *= n;
        }

        var tensor = new double[length];
        Span<int> indices = stackalloc int[power];
        for (int flat = 0; flat < length; flat++)
        {
            for (int k = power - 1, rest = flat; k >= 0; k--, rest /= n)
            {
                indices[k] = rest % n;
            }

            bool sorted = true;
            for (int k = 1; k < power; k++)
            {
                sorted &= indices[k - 1] <= indices[k];
            }

            if (sorted)
            {
                tensor[flat] = scale * stream.NextNormal() / Math.Sqrt(Permutations(indices));
                continue;
            }

            // An unsorted tuple copies its sorted one, which has a smaller flat index and is drawn already.
            indices.Sort();
            int home = 0;
            foreach (int index in indices)
            {
                home = home * n + index;
            }

            tensor[flat] = tensor[home];
        }

        return tensor;
    }

    // k!/Π n_i!, the number of distinct permutations of a sorted tuple.
    private static double Permutations(ReadOnlySpan<int> sorted)
    {
        double count = 1;
        for (int k = 0, run = 0; k < sorted.Length; k++)
        {
            run = k > 0 && sorted[k] == sorted[k - 1] ? run + 1 : 1;
            count = count * (k + 1) / run;
        }

        return count;
    }
}
