// Brent's method: the root of a continuous function between two points of opposite sign, with an honest error.
using System;

namespace Thalweg.Numerics.Roots;

/// <summary>A root, its error and whether the bracket closed.</summary>
/// <param name="Position">The best estimate of the root.</param>
/// <param name="Error">Bound on its absolute error: the final bracket plus the rounding of the function over its slope there.</param>
/// <param name="Evaluations">How often the function was called.</param>
public readonly record struct Root(double Position, double Error, int Evaluations);

/// <summary>Brent's method (Brent, Algorithms for Minimization Without Derivatives, 1973, chapter 4).</summary>
public static class BracketedRoot
{
    private const double Unit = 2.220446049250313e-16;

    /// <summary>Finds the root of a function between two points where it has opposite signs, to the last digits.</summary>
    /// <param name="function">A continuous function; must be finite on the interval.</param>
    /// <param name="low">One end of the bracket.</param>
    /// <param name="high">The other end.</param>
    /// <param name="noise">The absolute rounding error of the function's values near the root.</param>
    /// <returns>The root with its error; about ten evaluations for smooth functions, at most some hundred.</returns>
    /// <exception cref="ArgumentException">The function has the same sign at both ends.</exception>
    public static Root Find(Func<double, double> function, double low, double high, double noise = 0)
    {
        ArgumentNullException.ThrowIfNull(function);
        double a = low, b = high, fa = function(a), fb = function(b);
        int evaluations = 2;
        if (fa == 0)
        {
            (a, b, fa, fb) = (b, a, fb, fa);
        }

        if (fb != 0 && fa > 0 == fb > 0)
        {
            throw new ArgumentException($"no change of sign: f({low:R}) = {fa:R}, f({high:R}) = {fb:R}", nameof(function));
        }

        double slope = SecantSlope(a, fa, b, fb), c = a, fc = fa, step = b - a, previous = step;
        while (fb != 0)
        {
            if (fb > 0 == fc > 0)
            {
                (c, fc) = (a, fa);
                step = previous = b - a;
            }

            if (Math.Abs(fc) < Math.Abs(fb))
            {
                (a, b, c) = (b, c, b);
                (fa, fb, fc) = (fb, fc, fb);
            }

            double tolerance = Unit * Math.Abs(b), half = 0.5 * (c - b);
            if (Math.Abs(half) <= tolerance || fb == 0)
            {
                break;
            }

            if (Math.Abs(previous) >= tolerance && Math.Abs(fa) > Math.Abs(fb))
            {
                double s = fb / fa, p, q;
                if (a == c)
                {
                    p = 2 * half * s;
                    q = 1 - s;
                }
                else
                {
                    double r = fb / fc;
                    q = fa / fc;
                    p = s * (2 * half * q * (q - r) - (b - a) * (r - 1));
                    q = (q - 1) * (r - 1) * (s - 1);
                }

                q = p > 0 ? -q : q;
                p = Math.Abs(p);
                if (2 * p < Math.Min(3 * half * q - Math.Abs(tolerance * q), Math.Abs(previous * q)))
                {
                    previous = step;
                    step = p / q;
                }
                else
                {
                    step = previous = half;
                }
            }
            else
            {
                step = previous = half;
            }

            (a, fa) = (b, fb);
            b += Math.Abs(step) > tolerance ? step : half > 0 ? tolerance : -tolerance;
            fb = function(b);
            evaluations++;

            // The slope is measured while the two points are still far enough apart for their difference to mean something.
            if (Math.Abs(b - a) > 1e-9 * Math.Max(Math.Abs(b), double.Epsilon))
            {
                slope = SecantSlope(a, fa, b, fb);
            }
        }

        double width = fb == 0 ? 0 : Math.Abs(c - b);
        double blur = slope > 0 ? noise / slope : 0;
        return new(b, Math.Min(width + blur + 2 * Unit * Math.Abs(b), Math.Abs(high - low)), evaluations);
    }

    private static double SecantSlope(double a, double fa, double b, double fb) => a == b ? 0 : Math.Abs((fb - fa) / (b - a));
}
