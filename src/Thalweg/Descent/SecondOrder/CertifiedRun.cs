// A descent and what its end is: any method, judged by a certificate that does not trust it.
using System;
using Thalweg.Certificates;
using Thalweg.Geometry;
using Thalweg.Landscapes;

namespace Thalweg.Descent.SecondOrder;

/// <summary>How a descent ended and what its last point is.</summary>
/// <param name="Ending">Why it ended.</param>
/// <param name="Certificate">What the last point is.</param>
public sealed record CertifiedEnd(Ending Ending, PointCertificate Certificate)
{
    /// <summary>Whether no second derivative leads down from the last point: a second-order point, or one with zeros that no symmetry explains.</summary>
    public bool IsSecondOrder => Certificate.Kind is PointKind.SecondOrder or PointKind.Degenerate;
}

/// <summary>Runs and judges.</summary>
public static class CertifiedRun
{
    /// <summary>Makes steps until a rule or the method says that it is over, and judges the last point.</summary>
    /// <param name="method">The method, put at its start.</param>
    /// <param name="landscape">The landscape; its workspace is used.</param>
    /// <param name="manifold">Where the points lie.</param>
    /// <param name="rule">The rule.</param>
    /// <param name="options">When a number counts as zero and which directions are idle at the last point; null for the defaults.</param>
    /// <remarks>Products of the certificate are not counted with those of the method.</remarks>
    public static CertifiedEnd RunCertified(this DescentMethod method, ILandscape landscape, IManifold manifold, StoppingRule rule, Func<double[], CertificateOptions>? options = null)
    {
        ArgumentNullException.ThrowIfNull(method);
        var ending = method.Run(rule);
        return new(ending, PointCertificate.Of(landscape, manifold, method.Point, options?.Invoke(method.Point.ToArray())));
    }
}
