// The models that the contract tests run over: one line a model.
using System.Collections.Generic;

namespace Thalweg.Models;

/// <summary>An explicit list of named models; a new one is tested on arrival by the contract battery that runs over this list.</summary>
public static class ModelCatalog
{
    /// <summary>Every model with a key of its own, in the order in which documentation shows them.</summary>
    public static IReadOnlyList<(string Key, Model Model)> All { get; } =
    [
        ("spiked-3-trapped", SpikedMatrixTensor.FromInverseMatrixNoise(3, 1, 1.5).ToModel()),
        ("spiked-3-threshold", SpikedMatrixTensor.FromInverseMatrixNoise(3, 1, 2).ToModel()),
        ("spiked-3-surfing", SpikedMatrixTensor.FromInverseMatrixNoise(3, 1, 2.3).ToModel()),
        ("spiked-3-trivial", SpikedMatrixTensor.FromInverseMatrixNoise(3, 1, 2.7).ToModel()),
        ("spiked-4-surfing", SpikedMatrixTensor.FromInverseMatrixNoise(4, 1, 2.5).ToModel()),
        ("p-spin-3", new SphericalPSpin(3).ToModel()),
        ("p-spin-4", new SphericalPSpin(4).ToModel()),
        ("mixed-3-4", Model.FromMixture("mixture", MixtureParser.Parse("0.5 x^3 + 0.5 x^4"), planted: false)),
        ("mixed-2-3-4-planted", Model.FromMixture("mixture", MixtureParser.Parse("1.2 x^2 + 0.2 x^3 + 0.1 x^4"), planted: true)),
        ("field-and-3-spin", Model.FromMixture("mixture", MixtureParser.Parse("0.3 x + 0.5 x^3"), planted: false)),
    ];
}
