// The annealed complexity written once more for the tests of the quenched one: its projections maximised numerically, without the closed forms of the product.
using System;
using Thalweg.Models;

namespace Thalweg.Tests.Complexity;

internal static class AnnealedReference
{
    public static double Potential(double shift)
    {
        double t = Math.Abs(shift);
        return t <= 2 ? t * t / 4 - 0.5 : Math.Pow((t - Math.Sqrt(t * t - 4)) / 2, 2) / 2 - Math.Log((t - Math.Sqrt(t * t - 4)) / 2);
    }

    public static (double Complexity, double Shift) AllEnergies(Model model, double m)
    {
        Covariance q = model.Noise;
        return Maximum(model, m, m * model.Signal.DQ(m) / Math.Sqrt(q.CurvatureAtOne), 1 + q.SlopeAtOne / q.CurvatureAtOne, 0);
    }

    public static (double Complexity, double Shift) AtEnergy(Model model, double m, double energy)
    {
        Covariance q = model.Noise;
        double ε = energy + model.Signal.Q(m), t0 = (m * model.Signal.DQ(m) - ε * q.SlopeAtOne / q.AtOne) / Math.Sqrt(q.CurvatureAtOne);
        return Maximum(model, m, t0, q.RadialVarianceGivenEnergy() / q.CurvatureAtOne, -ε * ε / (2 * q.AtOne));
    }

    // max over t of -(t-t0)²/(2v) + Φ(t): bisection on its slope -(t-t0)/v + Φ'(t), which falls with t.
    private static (double Complexity, double Shift) Maximum(Model model, double m, double t0, double v, double extra)
    {
        Covariance q = model.Noise;
        double low = -50 - Math.Abs(t0), high = -low;
        for (int i = 0; i < 200; i++)
        {
            double t = (low + high) / 2, resolvent = Math.Abs(t) <= 2 ? t / 2 : Math.Sign(t) * 2 / (Math.Abs(t) + Math.Sqrt(t * t - 4));
            (low, high) = t0 - t + v * resolvent > 0 ? (t, high) : (low, t);
        }

        double slope = model.Signal.DQ(m), weight = v == 0 ? 0 : (low - t0) * (low - t0) / (2 * v);
        double constant = 0.5 + 0.5 * Math.Log(q.CurvatureAtOne / q.SlopeAtOne) + 0.5 * Math.Log(1 - m * m) - (1 - m * m) * slope * slope / (2 * q.SlopeAtOne);
        return (constant + extra - weight + Potential(low), low);
    }
}
