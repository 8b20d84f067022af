// How the dimension enters the time that noise needs out of a saddle: kicks, noise on the sphere, normal noise.
using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Thalweg.Figures.Drawing;
using Thalweg.Figures.Pictures;
using Thalweg.Results;
using Thalweg.Runs.Rates;

namespace Thalweg.Figures.Laboratory;

/// <summary>Perturbed descent and noise of fixed length pay a logarithm, normal noise in every step a power.</summary>
public sealed class NoiseDimension : Recipe
{
    private const int Trials = 80;
    private const double Deviations = 4, NormalPower = 1.1, PowerRange = 0.1, LogarithmicPower = 0.12;

    private static readonly double[] Dimensions = [4, 8, 16, 32];

    /// <inheritdoc/>
    public override string Id => "noise-dimension";

    /// <inheritdoc/>
    public override string Caption => $"Mean iterations of {Trials} walks from the exact saddle of the double well to |∇*f*| ≤ 0.1 at a point without a negative eigenvalue below −sqrt(0.1 *ρ*), against the dimension. The step is 1/ℓ with kicks; with noise in every step it is as long as lets the gradient come to rest below 0.1: 0.0025 for noise on the unit sphere, 0.0025/*d* for normal noise.";

    /// <inheritdoc/>
    public override IReadOnlyList<int> Equations => [];

    /// <inheritdoc/>
    public override IReadOnlyList<Ingredient> Ingredients { get; } =
        [Ingredient.Of(new RatesRun(), (RatesRun.Law, "dimension"), (RatesRun.Dimensions, string.Join(',', Dimensions)), (RatesRun.Trials, Trials.ToString(CultureInfo.InvariantCulture)))];

    /// <inheritdoc/>
    public override Page Draw(IReadOnlyList<Outcome> outcomes)
    {
        ArgumentNullException.ThrowIfNull(outcomes);
        var page = RatesPicture.Of(outcomes[0])!;
        page.Description = Caption;
        return page;
    }

    /// <inheritdoc/>
    public override IReadOnlyList<FigureCheck> Checks(IReadOnlyList<Outcome> outcomes)
    {
        ArgumentNullException.ThrowIfNull(outcomes);
        var laws = outcomes[0].Result.Rows("laws").ToDictionary(law => ((Datum.Text)law["method"]).Value);
        const string why = "½ ln d/ln(1 + ηγ) from the component of the kick or of the noise along the unstable direction; statistical(4 standard errors, one seed)";
        Quantity kicks = laws["pgd"].Quantity("slope"), sphere = laws["noisy-gd"].Quantity("slope"), normal = laws["noisy-gd-normal"].Quantity("exponent");
        return
        [
            new("iterations of pgd for each unit of ln d", kicks.Value, laws["pgd"].Quantity("slope_predicted").Value, Deviations * kicks.Error, why),
            new("iterations of noisy-gd for each unit of ln d", sphere.Value, laws["noisy-gd"].Quantity("slope_predicted").Value, Deviations * sphere.Error, why),
            new("power of d, noisy-gd-normal", normal.Value, NormalPower, PowerRange + Deviations * normal.Error, "d ln(C d/ε²): a power of 1 + 1/ln(C d/ε²), between 1 and 1.2 at these d; statistical(4 standard errors, one seed)"),
            .. new[] { "pgd", "pgd-theory", "noisy-gd" }.Select(name => new FigureCheck("power of d, " + name, Math.Max(LogarithmicPower, laws[name].Quantity("exponent").Value), LogarithmicPower, 0, "a logarithm: no power above 0.12 over these d")),
        ];
    }
}
