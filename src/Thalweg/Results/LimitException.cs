// A limit on memory, time or disk would be or was exceeded: the command line prints the sentence and ends with exit code 4.
using System;

namespace Thalweg.Results;

/// <summary>A limit that would be or was exceeded, said in one sentence before anything is taken.</summary>
/// <param name="sentence">What is needed, what there is and what to change.</param>
/// <param name="cause">The failure beneath, if there was one.</param>
public sealed class LimitException(string sentence, Exception? cause = null) : Exception(sentence, cause);
