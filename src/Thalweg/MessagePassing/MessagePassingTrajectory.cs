// What message passing leaves: every iterate's overlap, length and change, and how it ended.
using System.Collections.Generic;
using Thalweg.Results;

namespace Thalweg.MessagePassing;

/// <summary>One iterate.</summary>
/// <param name="Iteration">k, from 0, the start.</param>
/// <param name="Overlap">⟨x^k, σ*⟩; 0 when nothing is planted.</param>
/// <param name="SquaredNorm">|x^k|²: 1 for ML-AMP, the estimate of the overlap itself for Bayes-AMP.</param>
/// <param name="Change">|x^k - x^{k-1}|; 0 at the start.</param>
public readonly record struct MessagePassingPoint(int Iteration, double Overlap, double SquaredNorm, double Change);

/// <summary>A run of message passing.</summary>
/// <param name="Status">Converged when the iterates stopped moving, Cancelled when told to end, else NotConverged.</param>
/// <param name="Sentence">Why not, with the iteration; empty when converged.</param>
/// <param name="Points">[k], the start included.</param>
/// <param name="Estimate">[i], the last iterate, N entries.</param>
/// <param name="Energy">ℓ at the last iterate but one, the last point where the loss was evaluated.</param>
public sealed record MessagePassingTrajectory(Status Status, string Sentence, IReadOnlyList<MessagePassingPoint> Points, double[] Estimate, double Energy);
