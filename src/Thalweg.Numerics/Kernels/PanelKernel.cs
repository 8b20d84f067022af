// A panel of several rows combined and interpolated at one place: Σ_i w_i Σ_r v_r f_r[start + i].
using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Thalweg.Numerics.Kernels;

/// <summary>The interpolation across rows and along them, in one go.</summary>
public static class PanelKernel
{
    /// <summary>Σ_i w_i Σ_r v_r f_r[start + i].</summary>
    /// <param name="rows">The rows f_r.</param>
    /// <param name="across">v_r, one a row.</param>
    /// <param name="start">The first point of the panel.</param>
    /// <param name="along">w_i, a multiple of eight of them.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Combine(ReadOnlySpan<double[]> rows, ReadOnlySpan<double> across, int start, ReadOnlySpan<double> along) =>
        KernelChoice.IsPlain ? Plain(rows, across, start, along) : Fast(rows, across, start, along);

    /// <summary>The vector form.</summary>
    /// <param name="rows">The rows f_r.</param>
    /// <param name="across">v_r, one a row.</param>
    /// <param name="start">The first point of the panel.</param>
    /// <param name="along">w_i, a multiple of eight of them.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Fast(ReadOnlySpan<double[]> rows, ReadOnlySpan<double> across, int start, ReadOnlySpan<double> along)
    {
        ref double weights = ref MemoryMarshal.GetReference(along);
        var total = Vector512<double>.Zero;
        for (int i = 0; i < along.Length; i += DotKernel.Lanes)
        {
            var sum = Vector512<double>.Zero;
            for (int r = 0; r < rows.Length; r++)
            {
                sum = Vector512.FusedMultiplyAdd(Vector512.Create(across[r]), Vector512.LoadUnsafe(ref MemoryMarshal.GetArrayDataReference(rows[r]), (nuint)(start + i)), sum);
            }

            total = Vector512.FusedMultiplyAdd(Vector512.LoadUnsafe(ref weights, (nuint)i), sum, total);
        }

        return DotKernel.Tree(total);
    }

    /// <summary>The plain twin.</summary>
    /// <param name="rows">The rows f_r.</param>
    /// <param name="across">v_r, one a row.</param>
    /// <param name="start">The first point of the panel.</param>
    /// <param name="along">w_i, a multiple of eight of them.</param>
    public static double Plain(ReadOnlySpan<double[]> rows, ReadOnlySpan<double> across, int start, ReadOnlySpan<double> along)
    {
        Span<double> lanes = stackalloc double[DotKernel.Lanes];
        lanes.Clear();
        for (int i = 0; i < along.Length; i++)
        {
            double sum = 0;
            for (int r = 0; r < rows.Length; r++)
            {
                sum = Math.FusedMultiplyAdd(across[r], rows[r][start + i], sum);
            }

            lanes[i % DotKernel.Lanes] = Math.FusedMultiplyAdd(along[i], sum, lanes[i % DotKernel.Lanes]);
        }

        return ((lanes[0] + lanes[4]) + (lanes[2] + lanes[6])) + ((lanes[1] + lanes[5]) + (lanes[3] + lanes[7]));
    }
}
