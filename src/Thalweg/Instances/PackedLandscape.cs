// A packed instance as a landscape for one walker: pieces in parallel, each with its own sums, added in a fixed order.
using System;
using System.Runtime.InteropServices;
using Thalweg.Landscapes;
using Thalweg.Numerics.Kernels;
using Thalweg.Numerics.Threads;

namespace Thalweg.Instances;

/// <summary>Value, gradient and Hessian products of a <see cref="PackedInstance"/>; each call reads every entry once and allocates nothing.</summary>
public sealed class PackedLandscape : ILandscape, IHessianMatrix, ILossParts
{
    private readonly PackedInstance instance;
    private readonly ThreadTeam? team;
    private readonly SignalTerm signalTerm;
    private readonly PackedWalk[] walks;
    private readonly double[] point, direction, scratch, noiseEnergies, pieceEnergies;
    private readonly Action<int> gradientOfPiece, productOfPiece;
    private PackedHessian? matrix;

    internal PackedLandscape(PackedInstance instance, ThreadTeam? team)
    {
        this.instance = instance;
        this.team = team;
        int n = instance.Dimension;
        signalTerm = new(instance.Model.Signal, instance.Signal.ToArray(), instance.Options.Sampler == NoiseSampler.StrictSums);
        (point, direction, scratch) = (new double[n + PackedRowKernel.Padding], new double[n + PackedRowKernel.Padding], new double[n]);
        walks = new PackedWalk[instance.Pieces];
        for (int piece = 0; piece < walks.Length; piece++)
        {
            walks[piece] = new(n, instance.Options.IsStored);
        }

        noiseEnergies = new double[instance.Tensors.Length];
        pieceEnergies = new double[instance.Tensors.Length * walks.Length];
        gradientOfPiece = GradientOfPiece;
        productOfPiece = ProductOfPiece;
    }

    /// <inheritdoc/>
    public int Dimension => instance.Dimension;

    /// <inheritdoc/>
    public ReadOnlySpan<double> Signal => instance.Model.IsPlanted ? instance.Signal : default;

    /// <summary>ε_k at the point of the last gradient, in the order of the powers of Q.</summary>
    public ReadOnlySpan<double> NoiseEnergies => noiseEnergies;

    /// <summary>The terms of -S(m) at the point of the last gradient, in the order of the powers of S.</summary>
    public ReadOnlySpan<double> SignalEnergies => signalTerm.Energies;

    /// <inheritdoc/>
    public ReadOnlySpan<int> NoisePowers => instance.Model.Noise.Powers;

    /// <inheritdoc/>
    public double LossParts(ReadOnlySpan<double> point, Span<double> noise)
    {
        noiseEnergies.CopyTo(noise);
        double sum = 0;
        foreach (double energy in SignalEnergies)
        {
            sum += energy;
        }

        return sum;
    }

    /// <summary>The value alone; it costs a gradient and has the bits of <see cref="Gradient"/>.</summary>
    /// <param name="point">[i], N entries.</param>
    public double Value(ReadOnlySpan<double> point) => Gradient(point, scratch);

    /// <inheritdoc/>
    public double Gradient(ReadOnlySpan<double> point, Span<double> gradient)
    {
        point.CopyTo(this.point);
        Share(gradientOfPiece);
        Collect(gradient);
        double value = 0;
        for (int k = 0; k < noiseEnergies.Length; k++)
        {
            double sum = 0;
            for (int piece = 0; piece < walks.Length; piece++)
            {
                sum -= pieceEnergies[k * walks.Length + piece];
            }

            noiseEnergies[k] = sum;
            value += sum;
        }

        return value + signalTerm.AddGradient(this.point.AsSpan(0, Dimension), gradient[..Dimension]);
    }

    /// <inheritdoc/>
    public void HessianProduct(ReadOnlySpan<double> point, ReadOnlySpan<double> direction, Span<double> product)
    {
        point.CopyTo(this.point);
        direction.CopyTo(this.direction);
        Share(productOfPiece);
        Collect(product);
        signalTerm.AddHessianProduct(this.point.AsSpan(0, Dimension), this.direction.AsSpan(0, Dimension), product[..Dimension]);
    }

    /// <inheritdoc/>
    /// <remarks>
    /// One pass over all rows on the calling thread: with A_ab the sum over unordered pairs of places with indices a and b of w times the other factors, the noise has -(A + A^T), repeated indices included. The signal's part has rank one, or, for strict sums, costs N products.
    /// </remarks>
    public void Hessian(ReadOnlySpan<double> point, Span<double> hessian)
    {
        int n = Dimension;
        point.CopyTo(this.point);
        matrix ??= new(this.point, n);
        matrix.Clear();
        foreach (var tensor in instance.Tensors)
        {
            matrix.Add(tensor, walks.Length);
        }

        matrix.Write(hessian);
        for (int i = 0; i < n; i++)
        {
            Array.Clear(scratch);
            Array.Clear(direction);
            direction[i] = 1;
            signalTerm.AddHessianProduct(this.point.AsSpan(0, n), direction.AsSpan(0, n), scratch);
            AddKernel.To(ref hessian[i * n], ref scratch[0], 1, i + 1);
            for (int j = 0; j < i; j++)
            {
                hessian[j * n + i] = hessian[i * n + j];
            }
        }
    }

    private void Share(Action<int> call)
    {
        if (team is not null)
        {
            team.For(walks.Length, call);
            return;
        }

        for (int piece = 0; piece < walks.Length; piece++)
        {
            call(piece);
        }
    }

    private void Collect(Span<double> target)
    {
        int n = Dimension;
        target[..n].Clear();
        foreach (var walk in walks)
        {
            AddKernel.To(ref MemoryMarshal.GetReference(target), ref MemoryMarshal.GetArrayDataReference(walk.Sum), -1, n);
        }
    }

    private void GradientOfPiece(int piece)
    {
        var walk = walks[piece];
        walk.Clear();
        for (int k = 0; k < instance.Tensors.Length; k++)
        {
            pieceEnergies[k * walks.Length + piece] = walk.AddGradient(instance.Tensors[k], piece, point);
        }
    }

    private void ProductOfPiece(int piece)
    {
        var walk = walks[piece];
        walk.Clear();
        foreach (var tensor in instance.Tensors)
        {
            walk.AddHessianProduct(tensor, piece, point, direction);
        }
    }
}
