// Random parameters of the spiked model, the same ones on every run.
using System;
using Thalweg.Models;
using Thalweg.Tests.Oracles;

namespace Thalweg.Tests.Precision;

internal sealed class Draw(int seed)
{
    private readonly Random random = new(seed);

    public double Uniform(double low, double high) => low + (high - low) * random.NextDouble();

    public double Log(double low, double high) => Math.Exp(Uniform(Math.Log(low), Math.Log(high)));

    public int Order(int low = 3, int high = 50) => random.Next(low, high + 1);

    public bool Coin() => random.Next(2) == 0;

    /// <summary>A model with moderate noises: Δ_p within three decades, u from below the thresholds to far above.</summary>
    public (SpikedMatrixTensor Model, SpikedOracle Oracle) Moderate(int largestOrder = 12)
    {
        int p = Order(3, largestOrder);
        double noise = Log(0.05, 20), u = Log(0.3, 30);
        return (SpikedMatrixTensor.FromInverseMatrixNoise(p, noise, u), new SpikedOracle(p, noise, u));
    }

    /// <summary>A model over the whole range that roots are promised for.</summary>
    public (SpikedMatrixTensor Model, SpikedOracle Oracle) Wide()
    {
        int p = Order();
        double noise = Log(1e-4, 1e4), u = Log(1e-3, 1e3);
        return (SpikedMatrixTensor.FromInverseMatrixNoise(p, noise, u), new SpikedOracle(p, noise, u));
    }

    /// <summary>An overlap: uniform, close to zero or close to one of the ends.</summary>
    public double Overlap()
    {
        double m = random.Next(4) switch
        {
            0 => 0,
            1 => Log(1e-6, 1),
            2 => 1 - Log(1e-6, 1),
            _ => Uniform(0, 1),
        };
        return Coin() ? m : -m;
    }
}
