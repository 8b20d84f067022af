// What the program's exit code says.
namespace Thalweg.Cli;

/// <summary>Exit codes of the command-line contract.</summary>
public static class ExitCode
{
    /// <summary>Everything asked for was done.</summary>
    public const int Done = 0;

    /// <summary>A check failed: reproduce, verify, selftest.</summary>
    public const int CheckFailed = 1;

    /// <summary>Bad input, the parser's own errors included.</summary>
    public const int BadInput = 2;

    /// <summary>Not converged; the partial result was written and marked.</summary>
    public const int NotConverged = 3;

    /// <summary>A limit would be or was exceeded.</summary>
    public const int Limit = 4;

    /// <summary>A bug of ours.</summary>
    public const int Bug = 70;

    /// <summary>Cancelled by the user.</summary>
    public const int Cancelled = 130;
}
