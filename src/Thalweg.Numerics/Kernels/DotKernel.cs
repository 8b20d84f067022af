// The dot product in one order on every machine: eight lanes, fused, then a fixed tree, then the rest one by one.
using System;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Thalweg.Numerics.Kernels;

/// <summary>The dot product.</summary>
public static class DotKernel
{
    internal const int Lanes = 8;

    /// <summary>Σ x_i y_i.</summary>
    /// <param name="x">The first entry of x.</param>
    /// <param name="y">The first entry of y.</param>
    /// <param name="length">How many entries.</param>
    /// <returns>The sum; its bits do not depend on the processor.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Of(ref double x, ref double y, int length) => KernelChoice.IsPlain ? Plain(ref x, ref y, length) : Fast(ref x, ref y, length);

    /// <summary>The vector form.</summary>
    /// <param name="x">The first entry of x.</param>
    /// <param name="y">The first entry of y.</param>
    /// <param name="length">How many entries.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Fast(ref double x, ref double y, int length)
    {
        var sum = Vector512<double>.Zero;
        int i = 0;
        for (; i + Lanes <= length; i += Lanes)
        {
            sum = Vector512.FusedMultiplyAdd(Vector512.LoadUnsafe(ref x, (nuint)i), Vector512.LoadUnsafe(ref y, (nuint)i), sum);
        }

        double total = Tree(sum);
        for (; i < length; i++)
        {
            total = Math.FusedMultiplyAdd(Unsafe.Add(ref x, i), Unsafe.Add(ref y, i), total);
        }

        return total;
    }

    /// <summary>The plain twin.</summary>
    /// <param name="x">The first entry of x.</param>
    /// <param name="y">The first entry of y.</param>
    /// <param name="length">How many entries.</param>
    public static double Plain(ref double x, ref double y, int length)
    {
        Span<double> lanes = stackalloc double[Lanes];
        lanes.Clear();
        int i = 0;
        for (; i + Lanes <= length; i += Lanes)
        {
            for (int lane = 0; lane < Lanes; lane++)
            {
                lanes[lane] = Math.FusedMultiplyAdd(Unsafe.Add(ref x, i + lane), Unsafe.Add(ref y, i + lane), lanes[lane]);
            }
        }

        double total = ((lanes[0] + lanes[4]) + (lanes[2] + lanes[6])) + ((lanes[1] + lanes[5]) + (lanes[3] + lanes[7]));
        for (; i < length; i++)
        {
            total = Math.FusedMultiplyAdd(Unsafe.Add(ref x, i), Unsafe.Add(ref y, i), total);
        }

        return total;
    }

    // ((0 + 4) + (2 + 6)) + ((1 + 5) + (3 + 7)): halves are added to halves.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static double Tree(Vector512<double> sum)
    {
        var four = sum.GetLower() + sum.GetUpper();
        var two = four.GetLower() + four.GetUpper();
        return two.GetElement(0) + two.GetElement(1);
    }
}
