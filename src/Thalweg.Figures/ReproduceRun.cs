// The command "reproduce": redraws published figures and checks their numbers.
using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using Thalweg.Figures.Drawing;
using Thalweg.Results;
using Thalweg.Runs;

namespace Thalweg.Figures;

/// <summary>Redraw a published figure or table and check it.</summary>
public sealed class ReproduceRun : Run
{
    private const string Everything = "all", Statics = "statics";

    /// <summary>The figure, or several.</summary>
    public static Parameter<string> Id { get; } = new(
        "id", $"the figure to reproduce, {Everything}, or {Statics}: those that need no dynamics", Readers.Choice([.. FigureCatalog.All.Select(recipe => recipe.Id), Everything, Statics]), Everything) { IsArgument = true };

    /// <inheritdoc/>
    public override string Command => "reproduce";

    /// <inheritdoc/>
    public override string Summary => "redraw published figures and tables and check their numbers";

    /// <inheritdoc/>
    public override IReadOnlyList<Parameter> Parameters { get; } = [Id];

    /// <summary>The recipes that a call asks for.</summary>
    /// <param name="set">Its options.</param>
    public static IReadOnlyList<Recipe> Chosen(ParameterSet set)
    {
        ArgumentNullException.ThrowIfNull(set);
        string id = set.Get(Id);
        return id == Everything ? FigureCatalog.All : id == Statics ? [.. FigureCatalog.All.Where(recipe => !recipe.NeedsDynamics)] : [FigureCatalog.Find(id)!];
    }

    /// <inheritdoc/>
    public override long MemoryForecast(ParameterSet set) => Chosen(set).SelectMany(recipe => recipe.Ingredients).Max(ingredient => ingredient.Run.MemoryForecast(ingredient.Set));

    /// <inheritdoc/>
    public override Outcome Execute(ParameterSet set, RunContext context) => Execute(set, context, null);

    /// <summary>Runs and checks, handing each picture on as it is drawn.</summary>
    /// <param name="set">The options.</param>
    /// <param name="context">Progress, cancellation, threads.</param>
    /// <param name="picture">Receives a recipe and its page; null when pictures are not wanted.</param>
    public static Outcome Execute(ParameterSet set, RunContext context, Action<Recipe, Page>? picture) => Reproduce(Chosen(set), context, picture);

    /// <summary>Runs and checks recipes.</summary>
    /// <param name="recipes">The recipes.</param>
    /// <param name="context">Progress, cancellation, threads.</param>
    /// <param name="picture">Receives a recipe and its page; null when pictures are not wanted.</param>
    /// <returns>A row for each; checks that fail and runs that do not converge are said.</returns>
    public static Outcome Reproduce(IReadOnlyList<Recipe> recipes, RunContext context, Action<Recipe, Page>? picture)
    {
        ArgumentNullException.ThrowIfNull(recipes);
        ArgumentNullException.ThrowIfNull(context);
        var rows = new List<Record>();
        var tables = new List<Table>();
        bool failed = false, converged = true;
        foreach (var recipe in recipes)
        {
            context.Cancellation.ThrowIfCancellationRequested();
            var watch = Stopwatch.StartNew();
            var outcomes = recipe.Ingredients.Select((ingredient, i) => ingredient.Run.Execute(ingredient.Set, Within(context, recipe, rows.Count, i, recipes.Count))).ToArray();
            picture?.Invoke(recipe, recipe.Draw(outcomes));
            var checks = recipe.Checks(outcomes);
            failed |= checks.Any(check => !check.Holds);
            converged &= outcomes.All(outcome => outcome.Status == Status.Converged);
            rows.Add(Row(recipe, checks, outcomes, watch.Elapsed.TotalSeconds));
            for (int i = 0; i < outcomes.Length; i++)
            {
                tables.AddRange(outcomes[i].Tables.Select(table => new Table($"{recipe.Id.Replace('-', '_')}_{i + 1}_{table.Name}", table.Columns)));
            }
        }

        string sentence = failed ? "a check failed: see the rows that deviate" : converged ? string.Empty : "a run behind a figure did not converge: see the rows";
        return new(converged ? Status.Converged : Status.NotConverged, sentence, new Record { { "rows", rows } }, tables) { ChecksFailed = failed };
    }

    // What a run reports of itself, as a part of the whole.
    private static RunContext Within(RunContext context, Recipe recipe, int done, int run, int recipes)
    {
        double width = 1.0 / (recipes * recipe.Ingredients.Count), start = (double)done / recipes + run * width;
        context.Progress?.Report(new(start, recipe.Id));
        return new()
        {
            Progress = context.Progress is { } whole ? new Part(whole, start, width, recipe.Id) : null,
            Cancellation = context.Cancellation,
            Threads = context.Threads,
        };
    }

    private static Record Row(Recipe recipe, IReadOnlyList<FigureCheck> checks, IReadOnlyList<Outcome> outcomes, double seconds)
    {
        // The check that came nearest to failing speaks for the figure; an exact one that holds has nothing to say.
        var worst = checks.MaxBy(check => check.Tolerance > 0 ? check.Deviation / check.Tolerance : check.Deviation > 0 ? double.PositiveInfinity : -1)!;
        bool converged = outcomes.All(outcome => outcome.Status == Status.Converged);
        return new()
        {
            { "id", recipe.Id },
            { "status", checks.Any(check => !check.Holds) ? "deviates" : converged ? "reproduced" : "not_converged" },
            { "deviation", Quantity.Of(worst.Deviation, 0, How.Estimate) },
            { "tolerance", Quantity.Of(worst.Tolerance, 0, How.Estimate) },
            { "worst", worst.Name },
            { "checks", checks.Count },
            { "wall_s", Math.Round(seconds, 3) },
        };
    }

    private sealed class Part(IProgress<Progress> whole, double start, double width, string id) : IProgress<Progress>
    {
        public void Report(Progress value) => whole.Report(new(start + width * value.Share, $"{id}, {value.Stage}"));
    }
}
