// The lowest energy of a landscape without signal at zero temperature: the Crisanti-Sommers functional with one step, and the check that one step is exact.
using System;
using Thalweg.Models;
using Thalweg.Numerics.Quadrature;
using Thalweg.Numerics.Roots;
using Thalweg.Results;

namespace Thalweg.Complexity;

/// <summary>A ground state.</summary>
/// <param name="Energy">The lowest energy per N, with one step or with full breaking; missing when neither is exact.</param>
/// <param name="OneStepEnergy">The one-step energy, a lower bound on the true one for every mixture.</param>
/// <param name="Response">R = χ(1) at the one-step optimum.</param>
/// <param name="StepRatio">x ≥ 0, the slope of χ at the one-step optimum.</param>
/// <param name="Sentence">Why one step is not exact; empty when it is.</param>
public sealed record GroundState(Quantity Energy, Quantity OneStepEnergy, Quantity Response, Quantity StepRatio, string Sentence);

/// <summary>The zero-temperature limit of the Parisi formula for spherical mixtures (Crisanti and Sommers 1992; Chen and Sen 2017; Jagannath and Tobasco 2017).</summary>
/// <remarks>
/// e = -min over concave non-increasing χ &gt; 0 of {Q'(0) χ(0) + ∫_0^1 [Q'' χ + 1/χ] dC}/2. With one step χ(C) = R + x (1-C) this is -min over R, x of [Q_1 R + x Q_0 + log(1 + x/R)/x]/2,
/// whose stationarity is R (R+x) = 1/Q_1 and, for w = x/R, [(1+w) log(1+w) - w]/w² = Q_0/Q_1. The functional is convex, so that one step is exact if and only if no further step lowers it:
/// h(s) = ∫_s^1 (χ^(-2) - Q'') (C-s) dC ≥ 0 for all s in [0, 1]. That is checked at 256 values of s. Where Q''^(-1/2) is concave it is the minimum itself, and e = -∫_0^1 sqrt(Q'') dC.
/// </remarks>
public static class GroundStateEnergy
{
    private const int Points = 256;

    /// <summary>The functional -[Q_1 R + x Q_0 + log(1 + x/R)/x]/2 at any R and x: every value is a lower bound on the ground-state energy.</summary>
    /// <param name="noise">Q.</param>
    /// <param name="response">R &gt; 0.</param>
    /// <param name="stepRatio">x ≥ 0.</param>
    public static double Functional(Covariance noise, double response, double stepRatio)
    {
        ArgumentNullException.ThrowIfNull(noise);
        double w = stepRatio / response, entropy = w == 0 ? 1 / response : LogarithmOver(w) / response;
        return -(noise.SlopeAtOne * response + stepRatio * noise.AtOne + entropy) / 2;
    }

    /// <summary>Minimises the functional and checks that one step is exact.</summary>
    /// <param name="noise">Q, with a term of power two or more.</param>
    /// <returns>The ground state; some ten microseconds.</returns>
    public static GroundState Of(Covariance noise)
    {
        ArgumentNullException.ThrowIfNull(noise);
        double ratio = noise.AtOne / noise.SlopeAtOne, high = 1;
        var w = new Root(0, 0, 0);
        if (ratio < 0.5)
        {
            while (Balance(high) > ratio)
            {
                high *= 2;
            }

            w = BracketedRoot.Find(value => Balance(value) - ratio, 0, high, 8 * Quantity.Unit * ratio);
        }

        double response = 1 / Math.Sqrt(noise.SlopeAtOne * (1 + w.Position)), x = w.Position * response;
        double energy = Functional(noise, response, x), relative = w.Error / (1 + w.Position);

        // The optimum is stationary: an error of w enters the energy in second order.
        double error = Math.Abs(energy) * (8 * Quantity.Unit + relative * relative);
        var oneStep = Quantity.Of(energy, error, How.Root);
        string sentence = IsExact(noise, response, x) ? string.Empty : "more than one step of replica-symmetry breaking lowers the functional: the one-step energy is only a lower bound";
        var exact = sentence.Length == 0 ? oneStep : Quantity.Missing(sentence);
        if (!exact.Exists && noise.Coefficient(1) == 0 && AgeingEnergy.IsConcave(noise, 1))
        {
            var integral = Romberg.Of(c => Math.Sqrt(noise.D2Q(c)), 0, 1);
            exact = Quantity.Of(-integral.Value, integral.Error, How.Quadrature);
        }

        return new(
            exact, oneStep,
            Quantity.Of(response, response * (relative + 4 * Quantity.Unit), How.Root), Quantity.Of(x, response * (w.Error + 4 * Quantity.Unit * w.Position), How.Root), sentence);
    }

    // h(s) ≥ 0, with h(s) = {v - log(1+v)}/x² - [Q_1 (1-s) - Q_0 + Q(s)], v = x (1-s)/R, and its curvatures at both ends.
    private static bool IsExact(Covariance noise, double response, double x)
    {
        double low = 1 / ((response + x) * (response + x)), high = 1 / (response * response), tolerance = 1e-12;
        if (noise.CurvatureAtZero > low * (1 + tolerance) || noise.CurvatureAtOne > high * (1 + tolerance) || noise.Coefficient(1) > 0 && x > 0)
        {
            return false;
        }

        for (int i = 1; i < Points; i++)
        {
            double s = (double)i / Points, rest = 1 - s, v = x * rest / response;
            double h = rest * rest * high * Remainder(v) - (noise.SlopeAtOne * rest - noise.AtOne + noise.Q(s));
            if (h < -tolerance * noise.SlopeAtOne)
            {
                return false;
            }
        }

        return true;
    }

    // [(1+w) log(1+w) - w]/w², from 1/2 at w = 0 down to 0; by its series Σ (-w)^j/((j+1)(j+2)) where the difference would cancel.
    private static double Balance(double w)
    {
        if (w > 0.1)
        {
            return ((1 + w) * Math.Log(1 + w) - w) / (w * w);
        }

        double sum = 0;
        for (int j = 16; j >= 0; j--)
        {
            sum = 1.0 / ((j + 1) * (j + 2)) - w * sum;
        }

        return sum;
    }

    // log(1+w)/w, by its series where 1 + w loses digits.
    private static double LogarithmOver(double w)
    {
        if (w > 0.1)
        {
            return Math.Log(1 + w) / w;
        }

        double sum = 0;
        for (int j = 16; j >= 0; j--)
        {
            sum = 1.0 / (j + 1) - w * sum;
        }

        return sum;
    }

    // (v - log(1+v))/v².
    private static double Remainder(double v)
    {
        if (v > 0.1)
        {
            return (v - Math.Log(1 + v)) / (v * v);
        }

        double sum = 0;
        for (int j = 16; j >= 0; j--)
        {
            sum = 1.0 / (j + 2) - v * sum;
        }

        return sum;
    }
}
