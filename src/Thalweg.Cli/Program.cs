// The entry point of the command line.
using Thalweg.Cli;

return CommandLine.Run(args, Host.OfThisProcess());
