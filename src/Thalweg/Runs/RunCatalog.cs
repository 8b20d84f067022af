// The runs, one line each.
using System.Collections.Generic;
using System.Linq;
using Thalweg.Runs.FiniteSize;
using Thalweg.Runs.Laboratory;
using Thalweg.Runs.Probe;
using Thalweg.Runs.Rates;

namespace Thalweg.Runs;

/// <summary>An explicit list: a run that stands here is a command, a page and a cell of a sweep.</summary>
public static class RunCatalog
{
    /// <summary>Every run of the physics, in the order of the help page.</summary>
    public static IReadOnlyList<Run> All { get; } = [new AnalyzeRun(), new PhaseRun(), new ComplexityRun(), new HessianRun(), new DynamicsRun(), new ThresholdRun(), new SimulateRun(), new AmpRun(), new CriticalPointsRun(), new CertifyRun(), new CheckDerivativesRun(), new EscapeRun(), new WalkRun(), new ProbeRun(), new RatesRun(), new EquationRun(), new CiteRun(), new InfoRun(), new SelftestRun()];

    /// <summary>The run of a command, or null.</summary>
    /// <param name="command">The command's name.</param>
    public static Run? Find(string command) => All.FirstOrDefault(run => run.Command == command);
}
