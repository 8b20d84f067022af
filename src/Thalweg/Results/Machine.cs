// What a run ran on: processor, cores, kernel path, system, runtime, and the version of this library.
using System;
using System.Globalization;
using System.IO;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace Thalweg.Results;

/// <summary>The machine and the software of a run.</summary>
/// <param name="Version">The library's version.</param>
/// <param name="Commit">The commit it was built from, or null.</param>
/// <param name="Processor">The processor's name.</param>
/// <param name="Cores">Logical cores that the process may use.</param>
/// <param name="Kernel">The path of the kernels: "plain", "avx2", "avx512" or "neon".</param>
/// <param name="System">The operating system.</param>
/// <param name="Runtime">The runtime.</param>
public sealed record Machine(string Version, string? Commit, string Processor, int Cores, string Kernel, string System, string Runtime)
{
    /// <summary>The library that computed eigenvalues where a run asked for one: its name and version. Null when ours did.</summary>
    public string? Lapack { get; init; }

    private static readonly Lazy<Machine> Found = new(Look);

    /// <summary>This machine; the kernel path is the widest the processor has, so a run that forces another says so: Machine.Here with { Kernel = "plain" }.</summary>
    public static Machine Here => Found.Value;

    /// <summary>The program in a few words: its version and the first digits of its commit.</summary>
    public string Program => Commit is { Length: > 7 } ? $"{Version} ({Commit[..7]})" : Version;

    /// <summary>The largest memory the process has held so far, in units of 10^6 bytes.</summary>
    public static double PeakMegabytes()
    {
        if (ValueOf("/proc/self/status", "VmHWM") is { } peak && double.TryParse(peak.Split(' ')[0], NumberStyles.None, CultureInfo.InvariantCulture, out double kibibytes))
        {
            return kibibytes * 1024 / 1e6;
        }

        using var process = global::System.Diagnostics.Process.GetCurrentProcess();
        return process.PeakWorkingSet64 / 1e6;
    }

    private static Machine Look()
    {
        string[] version = (typeof(Machine).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "0").Split('+', 2);
        // Vector512.IsHardwareAccelerated is false on processors that clock down, where explicit 512-bit code still runs at full speed.
        string kernel = Avx512F.IsSupported ? "avx512" : Avx2.IsSupported ? "avx2" : AdvSimd.Arm64.IsSupported ? "neon" : "plain";
        string processor = ValueOf("/proc/cpuinfo", "model name") ?? Environment.GetEnvironmentVariable("PROCESSOR_IDENTIFIER") ?? RuntimeInformation.ProcessArchitecture.ToString();
        return new(version[0], version.Length > 1 ? version[1] : null, processor, Environment.ProcessorCount, kernel, RuntimeInformation.OSDescription.Trim(), RuntimeInformation.FrameworkDescription);
    }

    // The first "key : value" of one of Linux's files; null elsewhere.
    private static string? ValueOf(string file, string key)
    {
        try
        {
            foreach (string line in File.ReadLines(file))
            {
                if (line.StartsWith(key, StringComparison.Ordinal) && line.IndexOf(':', StringComparison.Ordinal) is > 0 and var colon)
                {
                    return line[(colon + 1)..].Trim();
                }
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Not Linux, or a sandbox without these files.
        }

        return null;
    }
}
