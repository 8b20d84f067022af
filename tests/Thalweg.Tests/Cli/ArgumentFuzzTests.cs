// Random argument lists never surprise: a small battery on every run, the full size when the environment asks for it.
using System;
using System.Globalization;
using System.Linq;
using Xunit;

namespace Thalweg.Tests.Cli;

/// <remarks>THALWEG_FUZZ=100000 and THALWEG_FUZZ_PROCESSES=500 ask for the full size, THALWEG_FUZZ_SEED for another battery.</remarks>
[Collection(nameof(AloneOnTheMachine))]
public class ArgumentFuzzTests
{
    [Trait("Speed", "slow")]
    [Fact]
    public void In_process_no_list_of_words_surprises() => Battery(Asked("THALWEG_FUZZ", 3000), processes: false);

    [Fact]
    public void As_a_program_no_list_of_words_surprises() => Battery(Asked("THALWEG_FUZZ_PROCESSES", 15), processes: true);

    [Fact]
    public void The_same_seed_draws_the_same_words()
    {
        var words = new ArgumentWords(tame: false);
        Assert.All(Enumerable.Range(0, 500), index => Assert.Equal(words.Draw(7, index), new ArgumentWords(tame: false).Draw(7, index)));
        Assert.Equal(ArgumentWords.Names.Count, Enumerable.Range(0, 2000).SelectMany(index => words.Draw(7, index)).Intersect(ArgumentWords.Names).Count());
    }

    private static void Battery(int count, bool processes)
    {
        var fuzz = new ArgumentFuzz(count, Asked("THALWEG_FUZZ_SEED", 1), processes);
        fuzz.Run();
        string summary = fuzz.Summary();
        if (Environment.GetEnvironmentVariable("THALWEG_FUZZ") is not null || Environment.GetEnvironmentVariable("THALWEG_FUZZ_PROCESSES") is not null)
        {
            Console.Out.WriteLine(summary);
            Console.Out.WriteLine($"FIGURE {(processes ? "fuzz_processes" : "fuzz_calls")} {fuzz.Calls}");
            Console.Out.WriteLine($"FIGURE {(processes ? "fuzz_processes" : "fuzz_calls")}_failed {fuzz.Failures.Count}");
        }

        Assert.True(fuzz.Failures.Count == 0, summary);
    }

    private static int Asked(string variable, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), NumberStyles.None, CultureInfo.InvariantCulture, out int count) ? count : otherwise;
}

/// <summary>Tests that hold calls to a limit of time, and therefore do not share the machine with others.</summary>
[CollectionDefinition(nameof(AloneOnTheMachine), DisableParallelization = true)]
public class AloneOnTheMachine;
