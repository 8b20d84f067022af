// Where gradient flow finds the signal at p = 3, Delta_p = 1, and what stands in its way at 1/Delta_2 = 2.3.
#:project ../src/Thalweg/Thalweg.csproj
#:property PublishAot=false

using System;
using Thalweg.Complexity;
using Thalweg.Models;
using Thalweg.Results;
using Thalweg.Spectra;
using Thalweg.Thresholds;

Quantity threshold = GradientFlowThreshold.Of(MatrixFamily.Spiked(order: 3, tensorNoise: 1));
Console.WriteLine($"gradient flow finds the signal below Delta_2 = {threshold.Value:F6} (error {threshold.Error:0e+00}, {Words.Of(threshold.How)})");

Model model = SpikedMatrixTensor.FromInverseMatrixNoise(order: 3, tensorNoise: 1, inverseMatrixNoise: 2.3).ToModel();
var uncorrelated = new OverlapSection(model, overlap: 0);
Quantity energy = uncorrelated.ThresholdEnergy();
Console.WriteLine($"energy of the threshold states: {energy.Value:F6}, complexity there: {uncorrelated.AllAt(energy.Value).Complexity:F6}");

var spectrum = new HessianSpectrum(model, overlap: 0, shift: 2);
Console.WriteLine($"their lowest Hessian eigenvalue: {spectrum.Outlier.Value:F6}, so they are saddles toward the signal");
