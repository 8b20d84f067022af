// How a curve and a marker look: dash pattern, width, shape.
namespace Thalweg.Figures.Drawing;

/// <summary>The pattern of a line.</summary>
public enum Dash
{
    /// <summary>Unbroken.</summary>
    Solid,

    /// <summary>Dashes.</summary>
    Dashed,

    /// <summary>Dots.</summary>
    Dotted,

    /// <summary>Dashes and dots in turn.</summary>
    DashDot,
}

/// <summary>How a line is drawn.</summary>
/// <param name="Ink">Its colour.</param>
/// <param name="Dash">Its pattern.</param>
/// <param name="Width">Its width in pixels, &gt; 0.</param>
public readonly record struct Stroke(Ink Ink, Dash Dash = Dash.Solid, double Width = 1.6)
{
    /// <summary>A solid line of a colour.</summary>
    /// <param name="ink">The colour.</param>
    public static implicit operator Stroke(Ink ink) => new(ink);
}

/// <summary>The outline of a marker.</summary>
public enum MarkerShape
{
    /// <summary>A disc.</summary>
    Circle,

    /// <summary>A square.</summary>
    Square,

    /// <summary>A square on its corner.</summary>
    Diamond,

    /// <summary>A triangle that points up.</summary>
    Triangle,

    /// <summary>Two diagonal lines.</summary>
    Cross,

    /// <summary>A horizontal and a vertical line.</summary>
    Plus,
}

/// <summary>A marker; <c>Marker.Circle with { Hollow = true }</c> changes one.</summary>
/// <param name="Shape">Its outline.</param>
/// <param name="Size">Its diameter in pixels.</param>
/// <param name="Hollow">Whether only the outline is drawn; crosses and pluses are lines anyway.</param>
public readonly record struct Marker(MarkerShape Shape, double Size = 6.5, bool Hollow = false)
{
    /// <summary>A disc.</summary>
    public static Marker Circle { get; } = new(MarkerShape.Circle);

    /// <summary>A square.</summary>
    public static Marker Square { get; } = new(MarkerShape.Square, 6);

    /// <summary>A diamond.</summary>
    public static Marker Diamond { get; } = new(MarkerShape.Diamond, 8);

    /// <summary>A triangle.</summary>
    public static Marker Triangle { get; } = new(MarkerShape.Triangle, 7.5);

    /// <summary>A diagonal cross.</summary>
    public static Marker Cross { get; } = new(MarkerShape.Cross, 7);

    /// <summary>An upright cross.</summary>
    public static Marker Plus { get; } = new(MarkerShape.Plus, 8.5);
}

/// <summary>Where a text stands, seen from its point.</summary>
public enum Place
{
    /// <summary>Begins right of the point.</summary>
    Right,

    /// <summary>Ends left of the point.</summary>
    Left,

    /// <summary>Centred above the point.</summary>
    Above,

    /// <summary>Centred below the point.</summary>
    Below,

    /// <summary>Centred on the point.</summary>
    Centre,
}

/// <summary>Where a legend stands.</summary>
public enum LegendPlace
{
    /// <summary>In the emptiest place inside the plot, or outside when the curves leave none.</summary>
    Auto,

    /// <summary>In the emptiest place inside the plot, even over curves.</summary>
    Inside,

    /// <summary>Outside, at the right.</summary>
    Right,

    /// <summary>Outside, below the axis.</summary>
    Below,

    /// <summary>Nowhere.</summary>
    None,
}
