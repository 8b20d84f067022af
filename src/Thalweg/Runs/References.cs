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
    public static IReadOnlyList<string> Commands { get; } = ["analyze", "phase", "complexity", "hessian", "dynamics", "threshold", "simulate", "amp", "critical-points", "certify", "check-derivatives", "escape", "walk", "probe", "rates", "reproduce"];

    /// <summary>The entries.</summary>
    public static IReadOnlyList<Reference> All { get; } =
    [
        new("thalweg", "this program", Commands, "@software{thalweg,\n  title = {Thalweg},\n  author = {{The Thalweg maintainers}},\n  year = {2026},\n  license = {MIT}\n}"),
        new("saraomannelli2019afraid", "the model, eqs. (1)-(14), the threshold and the figures", Commands,
            "@inproceedings{saraomannelli2019afraid,\n  title = {Who is Afraid of Big Bad Minima? Analysis of Gradient-Flow in a Spiked Matrix-Tensor Model},\n  author = {Sarao Mannelli, Stefano and Biroli, Giulio and Cammarota, Chiara and Krzakala, Florent and Zdeborov{\\'a}, Lenka},\n  booktitle = {Advances in Neural Information Processing Systems},\n  year = {2019}\n}"),
        new("saraomannelli2019passed", "the trivialisation threshold, the annealed complexity, the threshold from times of convergence", ["analyze", "phase", "complexity", "threshold", "reproduce"],
            "@inproceedings{saraomannelli2019passed,\n  title = {Passed \\& Spurious: Descent Algorithms and Local Minima in Spiked Matrix-Tensor Models},\n  author = {Sarao Mannelli, Stefano and Krzakala, Florent and Urbani, Pierfrancesco and Zdeborov{\\'a}, Lenka},\n  booktitle = {International Conference on Machine Learning},\n  pages = {4333--4342},\n  year = {2019}\n}"),
        new("saraomannelli2018marvels", "the information-theoretic and Langevin lines, and the two-time equations of the model", ["analyze", "phase", "dynamics", "reproduce"],
            "@article{saraomannelli2018marvels,\n  title = {Marvels and Pitfalls of the Langevin Algorithm in Noisy High-Dimensional Inference},\n  author = {Sarao Mannelli, Stefano and Biroli, Giulio and Cammarota, Chiara and Krzakala, Florent and Urbani, Pierfrancesco and Zdeborov{\\'a}, Lenka},\n  journal = {arXiv:1812.09066},\n  year = {2018}\n}"),
        new("cugliandolo1993analytical", "ageing: the two-time equations at long times, their threshold energy and multiplier", ["dynamics", "threshold", "simulate"],
            "@article{cugliandolo1993analytical,\n  title = {Analytical Solution of the Off-Equilibrium Dynamics of a Long-Range Spin-Glass Model},\n  author = {Cugliandolo, Leticia F. and Kurchan, Jorge},\n  journal = {Physical Review Letters},\n  volume = {71},\n  number = {1},\n  pages = {173--176},\n  year = {1993}\n}"),
        new("crisanti1993spherical", "the two-time equations of spherical models", ["dynamics", "threshold", "simulate"],
            "@article{crisanti1993spherical,\n  title = {The Spherical p-Spin Interaction Spin-Glass Model: The Dynamics},\n  author = {Crisanti, Andrea and Horner, Heinz and Sommers, Hans-J{\\\"u}rgen},\n  journal = {Zeitschrift f{\\\"u}r Physik B Condensed Matter},\n  volume = {92},\n  number = {2},\n  pages = {257--271},\n  year = {1993}\n}"),
        new("lesieur2017statistical", "message passing for spiked tensors and its state evolution", ["amp"],
            "@inproceedings{lesieur2017statistical,\n  title = {Statistical and Computational Phase Transitions in Spiked Tensor Estimation},\n  author = {Lesieur, Thibault and Miolane, L{\\'e}o and Lelarge, Marc and Krzakala, Florent and Zdeborov{\\'a}, Lenka},\n  booktitle = {IEEE International Symposium on Information Theory},\n  pages = {511--515},\n  year = {2017}\n}"),
        new("dormand1980family", "the method that follows gradient flow", ["simulate"],
            "@article{dormand1980family,\n  title = {A Family of Embedded Runge-Kutta Formulae},\n  author = {Dormand, John R. and Prince, Peter J.},\n  journal = {Journal of Computational and Applied Mathematics},\n  volume = {6},\n  number = {1},\n  pages = {19--26},\n  year = {1980}\n}"),
        new("auffinger2013random", "complexity of the pure spherical p-spin by index", ["complexity", "critical-points"],
            "@article{auffinger2013random,\n  title = {Random Matrices and Complexity of Spin Glasses},\n  author = {Auffinger, Antonio and Ben Arous, G{\\'e}rard and {\\v C}ern{\\'y}, Ji{\\v r}{\\'\\i}},\n  journal = {Communications on Pure and Applied Mathematics},\n  volume = {66},\n  number = {2},\n  pages = {165--201},\n  year = {2013}\n}"),
        new("benarous2017landscape", "Kac-Rice with a spike", ["analyze", "complexity", "reproduce"],
            "@article{benarous2017landscape,\n  title = {The Landscape of the Spiked Tensor Model},\n  author = {Ben Arous, G{\\'e}rard and Mei, Song and Montanari, Andrea and Nica, Mihai},\n  journal = {arXiv:1711.05424},\n  year = {2017}\n}"),
        new("ros2019complex", "quenched complexity by replicated Kac-Rice", ["complexity"],
            "@article{ros2019complex,\n  title = {Complex Energy Landscapes in Spiked-Tensor and Simple Glassy Models: Ruggedness, Arrangements of Local Minima, and Phase Transitions},\n  author = {Ros, Valentina and Ben Arous, G{\\'e}rard and Biroli, Giulio and Cammarota, Chiara},\n  journal = {Physical Review X},\n  volume = {9},\n  number = {1},\n  pages = {011003},\n  year = {2019}\n}"),
        new("baik2005phase", "the outlier of a perturbed random matrix", ["analyze", "hessian", "complexity", "probe", "reproduce"],
            "@article{baik2005phase,\n  title = {Phase Transition of the Largest Eigenvalue for Nonnull Complex Sample Covariance Matrices},\n  author = {Baik, Jinho and Ben Arous, G{\\'e}rard and P{\\'e}ch{\\'e}, Sandrine},\n  journal = {The Annals of Probability},\n  volume = {33},\n  number = {5},\n  pages = {1643--1697},\n  year = {2005}\n}"),
        new("du2017gradient", "the tube and its exponential time of escape", ["escape", "walk"],
            "@inproceedings{du2017gradient,\n  title = {Gradient Descent Can Take Exponential Time to Escape Saddle Points},\n  author = {Du, Simon S. and Jin, Chi and Lee, Jason D. and Jordan, Michael I. and Singh, Aarti and P{\\'o}czos, Barnab{\\'a}s},\n  booktitle = {Advances in Neural Information Processing Systems},\n  year = {2017}\n}"),
        new("lee2016gradient", "why almost no start of gradient descent with a step below 1/ℓ ends at a strict saddle", ["escape", "walk", "reproduce"],
            "@inproceedings{lee2016gradient,\n  title = {Gradient Descent Only Converges to Minimizers},\n  author = {Lee, Jason D. and Simchowitz, Max and Jordan, Michael I. and Recht, Benjamin},\n  booktitle = {Conference on Learning Theory},\n  pages = {1246--1257},\n  year = {2016}\n}"),
        new("nesterov2004introductory", "the start from which gradient descent ends at a strict saddle; its first-order bound", ["escape", "walk", "rates", "reproduce"],
            "@book{nesterov2004introductory,\n  title = {Introductory Lectures on Convex Optimization: A Basic Course},\n  author = {Nesterov, Yurii},\n  publisher = {Kluwer Academic Publishers},\n  year = {2004}\n}"),
        new("absil2005convergence", "descent that does not converge, and the inequality with which it does", ["walk"],
            "@article{absil2005convergence,\n  title = {Convergence of the Iterates of Descent Methods for Analytic Cost Functions},\n  author = {Absil, Pierre-Antoine and Mahony, Robert and Andrews, Benjamin},\n  journal = {SIAM Journal on Optimization},\n  volume = {16},\n  number = {2},\n  pages = {531--547},\n  year = {2005}\n}"),
        new("zhang2018restricted", "the second-order critical point that is no minimum", ["certify", "critical-points"],
            "@inproceedings{zhang2018restricted,\n  title = {How Much Restricted Isometry Is Needed in Nonconvex Matrix Recovery?},\n  author = {Zhang, Richard Y. and Josz, C{\\'e}dric and Sojoudi, Somayeh and Lavaei, Javad},\n  booktitle = {Advances in Neural Information Processing Systems},\n  year = {2018}\n}"),
        new("jin2017escape", "perturbed gradient descent and its constants", ["escape", "walk", "rates"],
            "@inproceedings{jin2017escape,\n  title = {How to Escape Saddle Points Efficiently},\n  author = {Jin, Chi and Ge, Rong and Netrapalli, Praneeth and Kakade, Sham M. and Jordan, Michael I.},\n  booktitle = {International Conference on Machine Learning},\n  year = {2017}\n}"),
        new("ge2015escaping", "noisy gradient descent, the orthogonal tensor", ["escape", "walk", "rates", "critical-points", "certify"],
            "@inproceedings{ge2015escaping,\n  title = {Escaping from Saddle Points: Online Stochastic Gradient for Tensor Decomposition},\n  author = {Ge, Rong and Huang, Furong and Jin, Chi and Yuan, Yang},\n  booktitle = {Conference on Learning Theory},\n  year = {2015}\n}"),
        new("raginsky2017nonconvex", "Langevin descent", ["escape", "walk", "rates"],
            "@inproceedings{raginsky2017nonconvex,\n  title = {Non-Convex Learning via Stochastic Gradient Langevin Dynamics: A Nonasymptotic Analysis},\n  author = {Raginsky, Maxim and Rakhlin, Alexander and Telgarsky, Matus},\n  booktitle = {Conference on Learning Theory},\n  year = {2017}\n}"),
        new("fyodorov2015high", "what a linear field does to the critical points of a spherical spin glass", ["critical-points"],
            "@article{fyodorov2015high,\n  title = {High-Dimensional Random Fields and Random Matrix Theory},\n  author = {Fyodorov, Yan V.},\n  journal = {Markov Processes and Related Fields},\n  volume = {21},\n  number = {3},\n  pages = {483--518},\n  year = {2015}\n}"),
        new("lee2019first", "why coordinate descent, mirror descent and the proximal point method avoid strict saddles", ["escape", "walk"],
            "@article{lee2019first,\n  title = {First-Order Methods Almost Always Avoid Strict Saddle Points},\n  author = {Lee, Jason D. and Panageas, Ioannis and Piliouras, Georgios and Simchowitz, Max and Jordan, Michael I. and Recht, Benjamin},\n  journal = {Mathematical Programming},\n  volume = {176},\n  pages = {311--337},\n  year = {2019}\n}"),
        new("nesterov2006cubic", "Newton's method with a cubic term", ["escape", "walk"],
            "@article{nesterov2006cubic,\n  title = {Cubic Regularization of Newton Method and Its Global Performance},\n  author = {Nesterov, Yurii and Polyak, Boris T.},\n  journal = {Mathematical Programming},\n  volume = {108},\n  pages = {177--205},\n  year = {2006}\n}"),
        new("carmon2016gradient", "the cubic model by gradient descent", ["escape", "walk"],
            "@article{carmon2016gradient,\n  title = {Gradient Descent Efficiently Finds the Cubic-Regularized Non-Convex Newton Step},\n  author = {Carmon, Yair and Duchi, John C.},\n  journal = {arXiv:1612.00547},\n  year = {2016}\n}"),
        new("carmon2016accelerated", "accelerated descent with negative curvature", ["escape", "walk"],
            "@article{carmon2016accelerated,\n  title = {Accelerated Methods for Non-Convex Optimization},\n  author = {Carmon, Yair and Duchi, John C. and Hinder, Oliver and Sidford, Aaron},\n  journal = {arXiv:1611.00756},\n  year = {2016}\n}"),
        new("kuczynski1992estimating", "how far Lanczos' method from a random start can be from the end of a spectrum", ["certify"],
            "@article{kuczynski1992estimating,\n  title = {Estimating the Largest Eigenvalue by the Power and Lanczos Algorithms with a Random Start},\n  author = {Kuczy{\\'n}ski, Jacek and Wo{\\'z}niakowski, Henryk},\n  journal = {SIAM Journal on Matrix Analysis and Applications},\n  volume = {13},\n  number = {4},\n  pages = {1094--1122},\n  year = {1992}\n}"),
        new("bonnaire2024role", "phase retrieval with the normalised loss, and the question that the probe asks of it", ["probe"],
            "@article{bonnaire2024role,\n  title = {The Role of the Time-Dependent Hessian in High-Dimensional Optimization},\n  author = {Bonnaire, Tony and Biroli, Giulio and Cammarota, Chiara},\n  journal = {arXiv:2403.02418},\n  year = {2024}\n}"),
    ];
}
