// What "probe" does for phase retrieval: the transition at a random start, and the spectrum at each number of measurements.
using System;
using System.Collections.Generic;
using System.Linq;
using Thalweg.Models;
using Thalweg.Results;
using Thalweg.Spectra;
using Thalweg.Thresholds;

namespace Thalweg.Runs.Laboratory;

/// <summary>Theory and measurements of phase retrieval.</summary>
internal static class PhaseRetrievalProbe
{
    private static readonly double[] Multiples = [2.5, 4];

    /// <summary>The whole answer.</summary>
    /// <param name="set">The options of <see cref="ProbeRun"/>.</param>
    /// <param name="context">Progress, cancellation, checkpoints, threads.</param>
    public static Outcome Of(ParameterSet set, RunContext context)
    {
        var model = new PhaseRetrieval(set.Get(ProbeRun.Normalisation));
        var transition = InitialInformativeDirection.Of(model);
        double[] measurements = set.IsGiven(ProbeRun.Measurements) ? set.Get(ProbeRun.Measurements) : [.. Multiples.Select(multiple => multiple * transition.Measurements.Value)];
        PhaseRetrievalSpectrum[] spectra = [.. measurements.Select(α => new PhaseRetrievalSpectrum(model, α))];
        var result = new Record
        {
            { "alpha_bbp_initial", transition.Measurements },
            { "bulk_left_at_transition", transition.Edge },
            { "edge_is_soft", transition.IsSoft },
            { "rows", spectra.Select(Row) },
            { "verdict", Verdict(transition, spectra) },
        };
        return Outcome.Judged(result, [Theory(spectra)], set.Get(CommonParameters.Tolerance));
    }

    private static Record Row(PhaseRetrievalSpectrum spectrum) => new()
    {
        { "alpha", spectrum.Measurements },
        { "bulk_left", spectrum.BulkLeft },
        { "outlier", spectrum.Outlier },
        { "outlier_overlap2", spectrum.OutlierOverlap2 },
        { "mu", spectrum.Multiplier },
    };

    private static string Verdict(InitialInformativeDirection transition, IReadOnlyList<PhaseRetrievalSpectrum> spectra)
    {
        int open = spectra.Count(spectrum => spectrum.Outlier.Exists);
        return FormattableString.Invariant($"at a random start the lowest direction points toward the signal for alpha above {transition.Measurements.Value:G6}: at {open} of {spectra.Count} values of alpha");
    }

    private static Table Theory(IReadOnlyList<PhaseRetrievalSpectrum> spectra) => new(
        "theory",
        new Column("alpha", [.. spectra.Select(spectrum => spectrum.Measurements)]),
        Column.Of("bulk_left", [.. spectra.Select(spectrum => spectrum.BulkLeft)]),
        Column.Of("outlier", [.. spectra.Select(spectrum => spectrum.Outlier)]),
        Column.Of("outlier_overlap2", [.. spectra.Select(spectrum => spectrum.OutlierOverlap2)]),
        Column.Of("mu", [.. spectra.Select(spectrum => spectrum.Multiplier)]));
}
