// The works that the code implements, with what each gave and which commands use it.
using System.Collections.Generic;

namespace Thalweg.Runs;

/// <summary>A work to cite.</summary>
/// <param name="Key">Its BibTeX key.</param>
/// <param name="Why">What the code took from it.</param>
/// <param name="Commands">The commands that use it.</param>
/// <param name="BibTeX">The entry.</param>
public sealed record Reference(string Key, string Why, IReadOnlyList<string> Commands, string BibTeX);

/// <summary>Every work, the product first.</summary>
public static class References
{
    /// <summary>The commands that have sources.</summary>
    public static IReadOnlyList<string> Commands { get; } = ["analyze", "phase", "complexity", "hessian", "reproduce"];

    /// <summary>The entries.</summary>
    public static IReadOnlyList<Reference> All { get; } =
    [
        new("thalweg", "this program", Commands, "@software{thalweg, title = {Thalweg}, author = {{The Thalweg maintainers}}, year = {2026}, license = {MIT}}"),
        new("saraomannelli2019afraid", "the model, eqs. (1)-(14), the threshold and the figures", Commands,
            "@inproceedings{saraomannelli2019afraid, title = {Who is Afraid of Big Bad Minima? Analysis of Gradient-Flow in a Spiked Matrix-Tensor Model}, author = {Sarao Mannelli, Stefano and Biroli, Giulio and Cammarota, Chiara and Krzakala, Florent and Zdeborov{\\'a}, Lenka}, booktitle = {Advances in Neural Information Processing Systems}, year = {2019}}"),
        new("saraomannelli2019passed", "the trivialisation threshold and the annealed complexity", ["analyze", "phase", "complexity", "reproduce"],
            "@inproceedings{saraomannelli2019passed, title = {Passed \\& Spurious: Descent Algorithms and Local Minima in Spiked Matrix-Tensor Models}, author = {Sarao Mannelli, Stefano and Krzakala, Florent and Urbani, Pierfrancesco and Zdeborov{\\'a}, Lenka}, booktitle = {International Conference on Machine Learning}, pages = {4333--4342}, year = {2019}}"),
        new("saraomannelli2018marvels", "the information-theoretic and Langevin lines", ["analyze", "phase", "reproduce"],
            "@article{saraomannelli2018marvels, title = {Marvels and Pitfalls of the Langevin Algorithm in Noisy High-Dimensional Inference}, author = {Sarao Mannelli, Stefano and Biroli, Giulio and Cammarota, Chiara and Krzakala, Florent and Urbani, Pierfrancesco and Zdeborov{\\'a}, Lenka}, journal = {arXiv:1812.09066}, year = {2018}}"),
        new("auffinger2013random", "complexity of the pure spherical p-spin by index", ["complexity"],
            "@article{auffinger2013random, title = {Random Matrices and Complexity of Spin Glasses}, author = {Auffinger, Antonio and Ben Arous, G{\\'e}rard and {\\v C}ern{\\'y}, Ji{\\v r}{\\'\\i}}, journal = {Communications on Pure and Applied Mathematics}, volume = {66}, number = {2}, pages = {165--201}, year = {2013}}"),
        new("benarous2017landscape", "Kac-Rice with a spike", ["analyze", "complexity", "reproduce"],
            "@article{benarous2017landscape, title = {The Landscape of the Spiked Tensor Model}, author = {Ben Arous, G{\\'e}rard and Mei, Song and Montanari, Andrea and Nica, Mihai}, journal = {arXiv:1711.05424}, year = {2017}}"),
        new("ros2019complex", "quenched complexity by replicated Kac-Rice", ["complexity"],
            "@article{ros2019complex, title = {Complex Energy Landscapes in Spiked-Tensor and Simple Glassy Models: Ruggedness, Arrangements of Local Minima, and Phase Transitions}, author = {Ros, Valentina and Ben Arous, G{\\'e}rard and Biroli, Giulio and Cammarota, Chiara}, journal = {Physical Review X}, volume = {9}, number = {1}, pages = {011003}, year = {2019}}"),
        new("baik2005phase", "the outlier of a perturbed random matrix", ["analyze", "hessian", "complexity", "reproduce"],
            "@article{baik2005phase, title = {Phase Transition of the Largest Eigenvalue for Nonnull Complex Sample Covariance Matrices}, author = {Baik, Jinho and Ben Arous, G{\\'e}rard and P{\\'e}ch{\\'e}, Sandrine}, journal = {The Annals of Probability}, volume = {33}, number = {5}, pages = {1643--1697}, year = {2005}}"),
    ];
}
