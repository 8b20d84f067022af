// Gradient descent on the tube with the true times of escape: small coordinates as logarithms, long linear phases in one jump.
using System;
using Thalweg.Numerics;

namespace Thalweg.Problems;

/// <summary>How a descent on the tube went.</summary>
/// <param name="Escapes">[j]: the first iteration at which |x_j| > 2τ, which ends the stay at saddle j; null where that did not happen.</param>
/// <param name="Iterations">Iterations that were made.</param>
/// <param name="Value">f at the end.</param>
/// <param name="HasReached">Whether the value has come down to the target.</param>
public sealed record TubeEscape(long?[] Escapes, long Iterations, double Value, bool HasReached);

/// <summary>x⁺ = x - η ∇f on the tube, exactly as many steps as the true recursion makes.</summary>
/// <remarks>
/// A coordinate with |x_j| ≤ τ is multiplied in each step by 1 - 2η (L - P_j (L+γ)), whatever the others do: by 1 - 2ηL while those before it have not passed, by 1 + 2ηγ when they have. While saddle k is being passed the next coordinate shrinks for as long as the escape takes, and
/// then has to grow back: the times of escape are multiplied by κ from one saddle to the next. In double precision it reaches the smallest number that there is after some thousand steps, or zero, and never comes back: the walk then stays at a saddle that the true recursion leaves.
/// Here such coordinates are kept as a sign and ln |x_j|, and while every coordinate is below τ or beyond 2τ, so that all factors are constant, the steps to the next change are counted in closed form. A time below 10^12 is exact to the iteration but for ties, a longer one to some 10^-15 of itself. Perturbed
/// descent needs none of this: its kicks bring every coordinate back long before it underflows.
/// </remarks>
public sealed class TubeDescent
{
    private readonly Tube tube;
    private readonly double step, shrink, grow, edge;
    private readonly double[] size, log, share, pull, ended;
    private readonly int[] sign;

    /// <summary>A descent.</summary>
    /// <param name="tube">The tube.</param>
    /// <param name="step">η, in (0, 1/(2L)): a longer one turns the sign of passive coordinates.</param>
    public TubeDescent(Tube tube, double step)
    {
        ArgumentNullException.ThrowIfNull(tube);
        if (!(step > 0 && step < 0.5 / tube.Stiffness))
        {
            throw new ArgumentOutOfRangeException(nameof(step), step, $"must be above 0 and below 1/(2L) = {0.5 / tube.Stiffness}");
        }

        (this.tube, this.step) = (tube, step);
        (shrink, grow, edge) = (PortableMath.Log(1 - 2 * step * tube.Stiffness), PortableMath.Log(1 + 2 * step * tube.Instability), PortableMath.Log(tube.Scale));
        int d = tube.Dimension;
        (size, log, share, pull, ended, sign) = (new double[d], new double[d], new double[d], new double[d], new double[d], new int[d]);
    }

    /// <summary>κ = 1 + ln(1/(1-2ηL))/ln(1+2ηγ): the limit of the ratio of successive times of escape.</summary>
    public double Kappa => 1 - shrink / grow;

    /// <summary>Walks until the value is low enough.</summary>
    /// <param name="start">[j].</param>
    /// <param name="target">The value to come down to.</param>
    /// <param name="largestIterations">The most iterations, up to 2^53.</param>
    public TubeEscape Run(ReadOnlySpan<double> start, double target, long largestIterations)
    {
        int d = tube.Dimension;
        if (start.Length != d)
        {
            throw new ArgumentException($"a start of {start.Length} numbers on a tube of {d}", nameof(start));
        }

        if (largestIterations is < 0 or > 1L << 53)
        {
            throw new ArgumentOutOfRangeException(nameof(largestIterations), largestIterations, "must be from 0 to 2^53");
        }

        for (int j = 0; j < d; j++)
        {
            (sign[j], size[j]) = (start[j] < 0 ? -1 : 1, Math.Abs(start[j]));
            log[j] = PortableMath.Log(size[j]);
        }

        var escapes = new long?[d];
        long iterations = 0;
        while (true)
        {
            for (int j = 0; j < d; j++)
            {
                escapes[j] ??= size[j] > 2 * tube.Scale ? iterations : null;
            }

            double value = Terms();
            if (value <= target || iterations >= largestIterations)
            {
                return new(escapes, iterations, value, value <= target);
            }

            iterations += Active() is { } active ? Jump(active, target, largestIterations - iterations) : Step();
        }
    }

    // Value, with P_j and e_j for the step.
    private double Terms()
    {
        double open = 1, rest = 0, springs = 0, stiffness = tube.Stiffness;
        for (int j = 0; j < size.Length; j++)
        {
            share[j] = open;
            open *= tube.Gate(size[j]).Value;
        }

        for (int j = size.Length - 1; j >= 0; j--)
        {
            var (h, dh, _) = tube.Profile(size[j]);
            var (w, dw, _) = tube.Gate(size[j]);
            pull[j] = dh - 2 * stiffness * size[j] + dw * rest;
            rest = h - stiffness * size[j] * size[j] + w * rest;
            springs += stiffness * size[j] * size[j];
        }

        return springs + rest;
    }

    private long Step()
    {
        for (int j = 0; j < size.Length; j++)
        {
            if (size[j] <= tube.Scale)
            {
                Multiply(j, share[j] == 0 ? shrink : share[j] == 1 ? grow : PortableMath.Log(1 - 2 * step * (tube.Stiffness - share[j] * (tube.Stiffness + tube.Instability))));
            }
            else
            {
                double moved = size[j] - step * (2 * tube.Stiffness * size[j] + share[j] * pull[j]);
                (sign[j], size[j]) = (moved < 0 ? -sign[j] : sign[j], Math.Abs(moved));
                log[j] = PortableMath.Log(size[j]);
            }
        }

        return 1;
    }

    // The coordinate at the ridge when all factors are constant: those before it beyond 2τ, it and those after it up to τ; d when all have passed.
    private int? Active()
    {
        int active = 0;
        while (active < size.Length && size[active] > 2 * tube.Scale)
        {
            active++;
        }

        for (int j = active; j < size.Length; j++)
        {
            if (size[j] > tube.Scale)
            {
                return null;
            }
        }

        return active;
    }

    // As many steps as the factors stay, or fewer when the value reaches the target on the way: in such a phase it falls with every step.
    private long Jump(int active, double target, long most)
    {
        long count = most;
        if (active < size.Length && !double.IsNegativeInfinity(log[active]))
        {
            double steps = Math.Max(1, Math.Floor((edge - log[active]) / grow) - 1);
            if (steps < most)
            {
                count = (long)steps;
                while (count < most && log[active] + count * grow <= edge)
                {
                    count++;
                }
            }
        }

        if (ValueAfter(active, count) <= target)
        {
            for (long low = 0; count - low > 1;)
            {
                long middle = low + (count - low) / 2;
                (low, count) = ValueAfter(active, middle) <= target ? (low, middle) : (middle, count);
            }
        }

        ValueAfter(active, count);
        ended.CopyTo(size, 0);
        for (int j = active; j < size.Length; j++)
        {
            log[j] += count * (j == active ? grow : shrink);
        }

        return count;
    }

    private double ValueAfter(int active, long count)
    {
        double contraction = PortableMath.Exp(count * shrink), value = 0;
        for (int j = 0; j < size.Length; j++)
        {
            ended[j] = j < active ? 4 * tube.Scale + (size[j] - 4 * tube.Scale) * contraction : PortableMath.Exp(log[j] + count * (j == active ? grow : shrink));
            value += j <= active ? tube.Profile(ended[j]).Value : tube.Stiffness * ended[j] * ended[j];
        }

        return value;
    }

    private void Multiply(int j, double factor)
    {
        log[j] += factor;
        size[j] = PortableMath.Exp(log[j]);
    }
}
