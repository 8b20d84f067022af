// Landscapes that the walkers are tested on: a quadratic form with its exact flow, a linear field, a small drawn instance.
using System;
using Thalweg.Instances;
using Thalweg.Landscapes;
using Thalweg.Numerics.Random;

namespace Thalweg.Tests.Descent;

/// <summary>ℓ = σ^T A σ/2 with A = F diag(λ) F for a reflection F; the flow is exp(-A t) σ(0) over its length. The signal is the eigenvector of λ_0.</summary>
internal sealed class QuadraticLandscape : ILandscape
{
    private readonly double[] values, normal, signal;

    public QuadraticLandscape(params double[] values)
    {
        this.values = values;
        (normal, signal) = (new double[values.Length], new double[values.Length]);
        new PhiloxStream(77, StreamPurpose.Data).FillUnitVector(normal);
        signal[0] = 1;
        Reflect(signal);
    }

    public int Dimension => values.Length;

    public ReadOnlySpan<double> Signal => signal;

    public static QuadraticLandscape Ramp(int n, double lowest, double highest)
    {
        var values = new double[n];
        for (int i = 0; i < n; i++)
        {
            values[i] = lowest + (highest - lowest) * i / (n - 1);
        }

        return new(values);
    }

    public double Gradient(ReadOnlySpan<double> point, Span<double> gradient)
    {
        HessianProduct(point, point, gradient);
        double sum = 0;
        for (int i = 0; i < point.Length; i++)
        {
            sum += point[i] * gradient[i];
        }

        return sum / 2;
    }

    public void HessianProduct(ReadOnlySpan<double> point, ReadOnlySpan<double> direction, Span<double> product)
    {
        direction.CopyTo(product);
        Reflect(product);
        for (int i = 0; i < values.Length; i++)
        {
            product[i] *= values[i];
        }

        Reflect(product);
    }

    /// <summary>σ(t).</summary>
    public double[] Exact(double[] start, double t)
    {
        double[] point = [.. start];
        Reflect(point);
        double square = 0;
        for (int i = 0; i < point.Length; i++)
        {
            point[i] *= Math.Exp(-(values[i] - values[0]) * t);
            square += point[i] * point[i];
        }

        for (int i = 0; i < point.Length; i++)
        {
            point[i] /= Math.Sqrt(square);
        }

        Reflect(point);
        return point;
    }

    /// <summary>F v; with a unit vector for v, an eigenvector.</summary>
    public void Reflect(Span<double> v)
    {
        double sum = 0;
        for (int i = 0; i < v.Length; i++)
        {
            sum += normal[i] * v[i];
        }

        for (int i = 0; i < v.Length; i++)
        {
            v[i] -= 2 * sum * normal[i];
        }
    }
}

/// <summary>ℓ = -b σ_1.</summary>
internal sealed class FieldLandscape(int dimension, double strength) : ILandscape
{
    public int Dimension => dimension;

    public ReadOnlySpan<double> Signal => [];

    public double Gradient(ReadOnlySpan<double> point, Span<double> gradient)
    {
        gradient.Clear();
        gradient[0] = -strength;
        return -strength * point[0];
    }

    public void HessianProduct(ReadOnlySpan<double> point, ReadOnlySpan<double> direction, Span<double> product) => product.Clear();
}

/// <summary>A small drawn instance as a landscape.</summary>
internal sealed class DrawnLandscape(SmallInstance instance) : ILandscape, IHessianMatrix
{
    private readonly double[] hessian = new double[instance.Dimension * instance.Dimension], workspace = new double[instance.WorkspaceLength], unused = new double[instance.Dimension], signal = First(instance.Dimension);

    public int Dimension => instance.Dimension;

    public ReadOnlySpan<double> Signal => signal;

    public double Gradient(ReadOnlySpan<double> point, Span<double> gradient) => instance.Evaluate(point, gradient, hessian, workspace);

    public void HessianProduct(ReadOnlySpan<double> point, ReadOnlySpan<double> direction, Span<double> product)
    {
        instance.Evaluate(point, unused, hessian, workspace);
        for (int i = 0; i < product.Length; i++)
        {
            double sum = 0;
            for (int j = 0; j < product.Length; j++)
            {
                sum += hessian[i * product.Length + j] * direction[j];
            }

            product[i] = sum;
        }
    }

    public void Hessian(ReadOnlySpan<double> point, Span<double> matrix) => instance.Evaluate(point, unused, matrix, workspace);

    private static double[] First(int n)
    {
        var e = new double[n];
        e[0] = 1;
        return e;
    }
}
