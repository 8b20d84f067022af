// The secular equation of cubic models against searches that know nothing of it: indefinite, flat, hard and nearly hard.
using System;
using System.Linq;
using Thalweg.Descent.SecondOrder;
using Thalweg.Numerics.Random;
using Xunit;

namespace Thalweg.Tests.Descent;

public class CubicEquationTests
{
    // exact: the stationarity equation, λ_min + M r/2 ≥ 0 and the sum for the decrease hold to rounding, and no direction leads lower.
    // converged(search): along each direction the minimum is a closed form; directions are searched until the value no longer moves by 1e-9 of it, so that the search ends within 1e-6 of the minimum.
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void The_step_is_the_global_minimum(int n)
    {
        var stream = new PhiloxStream(3, StreamPurpose.Data, (uint)n);
        for (int trial = 0; trial < 40; trial++)
        {
            double[] values = new double[n], components = new double[n], step = new double[n];
            stream.FillNormal(values);
            stream.FillNormal(components);
            double strength = Math.Exp(2 * stream.NextNormal());
            switch (trial % 8)
            {
                case 1: values = [.. values.Select(Math.Abs)]; break;
                case 2: components = new double[n]; break;
                case 3: components = [.. components.Select(x => 1e-3 * x)]; components[0] = 0; break;
                case 4: components = [.. components.Select(x => 1e-3 * x)]; components[0] = 1e-14; break;
                case 5: values[n - 1] = values[0]; break;
                case 6: values = [.. values.Select(x => -Math.Abs(x))]; break;
                case 7: components = [.. components.Select(x => 1e8 * x)]; break;
            }

            Array.Sort(values);
            var minimum = CubicEquation.Solve(values, components, strength, step);
            double size = values.Max(Math.Abs) * minimum.Length + components.Max(Math.Abs) + strength * minimum.Length * minimum.Length;
            Assert.All(Enumerable.Range(0, n), k => Assert.InRange((values[k] + 0.5 * strength * minimum.Length) * step[k] + components[k], -1e-13 * size, 1e-13 * size));
            Assert.True(values[0] + 0.5 * strength * minimum.Length >= -1e-15 * Math.Abs(values[0]));
            Assert.Equal(minimum.Length, Math.Sqrt(step.Sum(x => x * x)), 1e-14 * minimum.Length);
            double value = Model(values, components, strength, step);
            Assert.Equal(value, -minimum.Decrease, 1e-13 * size * minimum.Length);
            double found = Search(values, components, strength, stream);
            Assert.InRange(found, -minimum.Decrease - 1e-13 * size * minimum.Length, -minimum.Decrease + 1e-6 * minimum.Decrease + 1e-15);
        }
    }

    // exact: in one dimension r solves (M/2)r² + λ r = |g|.
    [Theory]
    [InlineData(2, 3, 5)]
    [InlineData(-2, 3, 5)]
    [InlineData(0, 3, 5)]
    [InlineData(-2, 1e-13, 5)]
    [InlineData(1e-9, -1e5, 1e3)]
    public void One_dimension_is_a_quadratic_equation(double value, double component, double strength)
    {
        double[] step = new double[1];
        var minimum = CubicEquation.Solve([value], [component], strength, step);
        double root = Math.Sqrt(value * value + 2 * strength * Math.Abs(component)), expected = value > 0 ? 2 * Math.Abs(component) / (value + root) : (root - value) / strength;
        Assert.Equal(expected, minimum.Length, 1e-14 * expected);
        Assert.Equal(-Math.Sign(component) * expected, step[0], 1e-14 * expected);
        Assert.False(minimum.IsHardCase);
    }

    // exact: λ = (-2, 1), g = (0, g_2): in the hard case r = 2·2/M, s_2 = -g_2/(1 + 2), and the rest lies along the lowest eigenvector; it ends where |s_2| reaches r, at g_2 = 3 r.
    [Theory]
    [InlineData(0, true)]
    [InlineData(0.5, true)]
    [InlineData(11.9, true)]
    [InlineData(12.1, false)]
    public void The_hard_case_is_filled_up_along_the_lowest_eigenvector(double second, bool isHard)
    {
        double[] step = new double[2];
        var minimum = CubicEquation.Solve([-2, 1], [0, second], 1, step);
        Assert.Equal(isHard, minimum.IsHardCase);
        if (isHard)
        {
            Assert.Equal(4, minimum.Length, 1e-15);
            Assert.Equal(-second / 3, step[1], 1e-15);
            Assert.Equal(Math.Sqrt(16 - second * second / 9), Math.Abs(step[0]), 1e-14);
        }
        else
        {
            Assert.Equal(0, step[0]);
            Assert.True(minimum.Length > 4);
        }
    }

    // exact: nothing to descend on is a step of zero, and a strength of zero is misuse.
    [Fact]
    public void A_flat_model_has_no_step()
    {
        double[] step = [7, 7];
        Assert.Equal(new(0, 0, false), CubicEquation.Solve([0, 1], [0, 0], 2, step));
        Assert.Equal([0, 0], step);
        Assert.Throws<ArgumentOutOfRangeException>(() => CubicEquation.Solve([1], [1], 0, new double[1]));
        Assert.Throws<ArgumentOutOfRangeException>(() => CubicEquation.Solve([1], [1], double.NaN, new double[1]));
    }

    internal static double Model(double[] values, double[] components, double strength, double[] step)
    {
        double square = step.Sum(x => x * x);
        return step.Select((x, k) => components[k] * x + 0.5 * values[k] * x * x).Sum() + strength / 6 * square * Math.Sqrt(square);
    }

    // The lowest value over directions u of min over r of a r + b r²/2 + M r³/6, a = ⟨g,u⟩, b = ⟨u,Hu⟩.
    private static double Search(double[] values, double[] components, double strength, PhiloxStream stream)
    {
        int n = values.Length;
        double[] direction = new double[n], best = new double[n], noise = new double[n];
        double lowest = double.PositiveInfinity;
        for (int i = 0; i < 500; i++)
        {
            stream.FillNormal(direction);
            Keep(direction);
        }

        for (double reach = 0.3; reach > 1e-7; reach *= 0.8)
        {
            for (int i = 0; i < 40; i++)
            {
                stream.FillNormal(noise);
                Keep([.. best.Select((x, k) => x + reach * noise[k])]);
            }
        }

        return lowest;

        void Keep(double[] candidate)
        {
            double length = Math.Sqrt(candidate.Sum(x => x * x));
            double[] u = [.. candidate.Select(x => x / length)];
            double a = u.Select((x, k) => components[k] * x).Sum(), b = u.Select((x, k) => values[k] * x * x).Sum(), inside = b * b - 2 * a * strength;
            double r = inside < 0 ? 0 : Math.Max(0, a < 0 && b > 0 ? -2 * a / (b + Math.Sqrt(inside)) : (Math.Sqrt(inside) - b) / strength), value = r * (a + r * (0.5 * b + strength * r / 6));
            if (value < lowest)
            {
                lowest = value;
                u.CopyTo(best, 0);
            }
        }
    }
}
