// The command "hessian": the spectrum of the Hessian at the threshold states or at any overlap, Fig. 4 left.
using System;
using System.Collections.Generic;
using System.Linq;
using Thalweg.Complexity;
using Thalweg.Numerics.LinearAlgebra;
using Thalweg.Results;
using Thalweg.Runs.FiniteSize;
using Thalweg.Spectra;

namespace Thalweg.Runs;

/// <summary>Spectrum at threshold or at an overlap; Fig. 4 left.</summary>
public sealed class HessianRun : Run
{
    /// <summary>m.</summary>
    public static Parameter<double> Overlap { get; } = new("overlap", "overlap with the signal of the stationary points", Readers.NumberInside(-1, 1, "at m = 1 there is a single point"), "0");

    /// <summary>e.</summary>
    public static Parameter<double> Energy { get; } = new("energy", "total loss of the stationary points (default: the threshold energy of their overlap)", Readers.Number(-1e12, 1e12));

    /// <summary>Points of the density.</summary>
    public static Parameter<int> Points { get; } = new("points", "points of the density curve", Readers.Integer(2, 100_000), "401");

    /// <summary>N of measured spectra.</summary>
    public static Parameter<int> Dimension { get; } = new("n", "also measure spectra at this N, where descent with the overlap held at zero ends", Readers.Integer(20, 5000));

    /// <summary>How many instances.</summary>
    public static Parameter<int> Trials { get; } = new("trials", "instances to measure, with --n", Readers.Integer(2, 10_000), "4") { Needs = Dimension };

    /// <summary>How long the descent lasts.</summary>
    public static Parameter<double> Time { get; } = new("t", "time of the descent, with --n", Readers.Number(1, 1e6), "100") { Needs = Dimension };

    /// <summary>How a coupling is kept.</summary>
    public static Parameter<string> Precision { get; } = InstanceParameters.PrecisionWith(Dimension);

    /// <summary>Whose eigenvalues.</summary>
    public static Parameter<bool> UsesLapack { get; } = new("lapack", "eigenvalues of the measured spectra by the LAPACK of the machine instead of our own, with --n", Readers.Flag) { IsFlag = true, Needs = Dimension };

    /// <inheritdoc/>
    public override string Command => "hessian";

    /// <inheritdoc/>
    public override string Summary => "spectrum of the Hessian at threshold or at an overlap: Fig. 4 left";

    /// <inheritdoc/>
    public override IReadOnlyList<Parameter> Parameters { get; } = [.. ModelParameters.One, Overlap, Energy, Points, Dimension, Trials, Time, Precision, UsesLapack];

    /// <inheritdoc/>
    public override bool CanResume => true;

    /// <inheritdoc/>
    public override IReadOnlyList<(Parameter Parameter, string Text)> Effective(ParameterSet set) =>
        [.. ModelParameters.Effective(set, ModelParameters.InverseMatrixNoise), .. base.Effective(set).Where(pair => !ModelParameters.One.Contains(pair.Parameter))];

    /// <inheritdoc/>
    public override Machine MachineOf(ParameterSet set) => RunContext.Machine with { Lapack = Library(set)?.Name };

    /// <inheritdoc/>
    public override long MemoryForecast(ParameterSet set)
    {
        ArgumentNullException.ThrowIfNull(set);
        if (!set.IsGiven(Dimension))
        {
            return 64L * set.Get(Points);
        }

        // The matrices and eigenvectors of Newton's method, and those of the spectrum at its end.
        long n = set.Get(Dimension);
        return 64L * set.Get(Points) + 96 * n * n + 8 * n * set.Get(Trials) + InstanceParameters.MemoryForecast(set.With((InstanceParameters.Trials, null)), ModelParameters.Read(set).Model);
    }

    /// <inheritdoc/>
    public override Outcome Execute(ParameterSet set, RunContext context)
    {
        ArgumentNullException.ThrowIfNull(set);
        var choice = ModelParameters.Read(set);
        double overlap = set.Get(Overlap);
        var section = new OverlapSection(choice.Model, overlap);
        double shift = set.IsGiven(Energy) ? section.AllAt(set.Get(Energy)).Shift : 2;
        var spectrum = new HessianSpectrum(choice.Model, overlap, shift);
        var result = Result(spectrum);
        List<Table> tables = [Density(spectrum, set.Get(Points))];
        if (!set.IsGiven(Dimension))
        {
            return new(Status.Converged, string.Empty, result, tables);
        }

        if (overlap != 0 || set.IsGiven(Energy))
        {
            throw new BadInputException($"--n {set.Get(Dimension)}: spectra are measured where descent ends at zero overlap: leave out --overlap and --energy");
        }

        ArgumentNullException.ThrowIfNull(context);
        var spectra = MeasuredSpectra.Of(set, choice.Model, context);
        result.Add("measured", new Datum.Nested(MeasuredSpectra.Report(choice.Model, spectra)));
        tables.Add(MeasuredSpectra.Table(spectra));
        string sentence = MeasuredSpectra.Sentence(spectra);
        return new(sentence.Length == 0 ? Status.Converged : Status.NotConverged, sentence, result, tables);
    }

    // Null when it is not asked for; looked up before the work begins.
    internal static Lapack? Library(ParameterSet set)
    {
        ArgumentNullException.ThrowIfNull(set);
        return !set.IsOn(UsesLapack) ? null
            : Lapack.Find() ?? throw new BadInputException($"--lapack: found none of {Lapack.Libraries}: install OpenBLAS (Debian: libopenblas0-pthread), or leave out --lapack, our own eigenvalues are the same to rounding");
    }

    /// <summary>The numbers of a spectrum under the keys of the command-line contract.</summary>
    /// <param name="spectrum">The spectrum.</param>
    public static Record Result(HessianSpectrum spectrum)
    {
        ArgumentNullException.ThrowIfNull(spectrum);
        return new()
        {
            { "overlap", spectrum.Overlap },
            { "theta", Quantity.ClosedForm(spectrum.SpikeStrength) },
            { "shift", Quantity.ClosedForm(spectrum.BulkShift) },
            { "bulk_left", spectrum.BulkLeft },
            { "bulk_right", spectrum.BulkRight },
            { "outlier", spectrum.Outlier },
            { "outlier_overlap2", spectrum.OutlierOverlap2 },
            { "index_fraction", Quantity.ClosedForm(spectrum.IndexFraction, 1) },
        };
    }

    /// <summary>The density of the bulk, its points crowding toward the edges where it rises like a square root.</summary>
    /// <param name="spectrum">The spectrum.</param>
    /// <param name="points">At least 2.</param>
    public static Table Density(HessianSpectrum spectrum, int points)
    {
        ArgumentNullException.ThrowIfNull(spectrum);
        double left = spectrum.BulkLeft.Value, right = spectrum.BulkRight.Value;
        var eigenvalues = new double[points];
        var densities = new double[points];
        for (int i = 0; i < points; i++)
        {
            eigenvalues[i] = i == 0 ? left : i == points - 1 ? right : left + (right - left) * 0.5 * (1 - Math.Cos(Math.PI * i / (points - 1)));
            densities[i] = spectrum.Density(eigenvalues[i]);
        }

        return new("spectrum", new Column("eigenvalue", eigenvalues), new Column("density", densities));
    }
}
