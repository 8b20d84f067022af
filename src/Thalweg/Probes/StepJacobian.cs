// The determinant of the map x → x - η∇f(x): where it is zero, gradient descent is no diffeomorphism.
using System;
using Thalweg.Results;

namespace Thalweg.Probes;

/// <summary>
/// det D(x - η∇f) = Π_i (1 - ηλ_i). The stable-manifold theorem asks that it vanishes nowhere, which η &lt; 1/ℓ guarantees; then the starts from which gradient descent converges to a strict saddle have measure zero (Lee, Simchowitz, Jordan, Recht 2016).
/// </summary>
public static class StepJacobian
{
    /// <summary>The determinant.</summary>
    /// <param name="spectrum">λ_i, all eigenvalues of the Hessian at the point, in flat space.</param>
    /// <param name="step">η.</param>
    /// <returns>With the error that the rounding of the eigenvalues leaves; missing where the product is beyond doubles.</returns>
    public static Quantity Determinant(TangentSpectrum spectrum, double step)
    {
        ArgumentNullException.ThrowIfNull(spectrum);
        double product = 1, upper = 1, moved = step * spectrum.Rounding;
        foreach (double λ in spectrum.Values)
        {
            double factor = 1 - step * λ;
            product *= factor;
            upper *= Math.Abs(factor) + moved + 2 * Quantity.Unit;
        }

        return double.IsFinite(upper) ? Quantity.Of(product, upper - Math.Abs(product), How.Estimate) : Quantity.Missing("the product of the factors is beyond the largest double");
    }
}
