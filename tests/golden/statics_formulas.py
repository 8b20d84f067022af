# Thresholds, complexities, spectra and state evolution of the spiked matrix-tensor model by closed forms and bracketed roots at sixty digits.
from types import SimpleNamespace

import mpmath as mp

mp.mp.dps = 60
NAN = mp.nan


def bisect(f, low, high):
    """A bracketed root by 220 halvings, beyond the working precision."""
    low, high = mp.mpf(low), mp.mpf(high)
    flow, fhigh = f(low), f(high)
    if flow == 0:
        return low
    assert flow * fhigh <= 0, (low, high, flow, fhigh)
    for _ in range(220):
        middle = (low + high) / 2
        value = f(middle)
        if (value > 0) == (flow > 0):
            low, flow = middle, value
        else:
            high = middle
    return (low + high) / 2


# ---- random matrix functions: W is GOE with E W_ij^2 = 1/N, support [-2, 2]

def resolvent(t):
    return (t - mp.sqrt(t * t - 4)) / 2


def phi(t):
    t = abs(mp.mpf(t))
    if t <= 2:
        return t * t / 4 - mp.mpf(1) / 2
    g = resolvent(t)
    return g * g / 2 - mp.log(g)


def rate1(t):
    return t * mp.sqrt(t * t - 4) / 4 - mp.log((t + mp.sqrt(t * t - 4)) / 2)


def lower_cost(theta, t):
    """No eigenvalue of W + theta e e^T above t >= 2."""
    x = theta + 1 / theta if theta != 0 else mp.inf
    if theta <= 1 or t >= x:
        return mp.mpf(0)
    f = lambda y: y * mp.sqrt(y * y - 4) / 8 - mp.log((y + mp.sqrt(y * y - 4)) / 2) / 2
    return f(t) - f(x) - theta / 2 * (t - x) + (t * t - x * x) / 8


def upper_cost(theta, t):
    """The largest eigenvalue of W + theta e e^T above t >= 2."""
    theta, t = mp.mpf(theta), mp.mpf(t)
    if theta <= 0:
        return rate1(t)
    x = theta + 1 / theta
    tail = lambda: mp.quad(lambda y: y / 4 + mp.sqrt(y * y - 4) / 4 - theta / 2, [x, t])
    if theta > 1:
        return mp.mpf(0) if t <= x else tail()
    return rate1(t) if t <= x else rate1(x) + tail()


# ---- the model

def model(p, delta_p, u):
    a, u = 1 / mp.mpf(delta_p), mp.mpf(u)
    s = SimpleNamespace(p=p, a=a, u=u, delta_p=mp.mpf(delta_p))
    s.q = lambda m: a * m**p / p + u * m**2 / 2
    s.dq = lambda m: a * m**(p - 1) + u * m
    s.d2q = lambda m: (p - 1) * a * m**(p - 2) + u
    s.q0, s.q1, s.q2 = s.q(mp.mpf(1)), s.dq(mp.mpf(1)), s.d2q(mp.mpf(1))
    s.theta = lambda m: (1 - m * m) * s.d2q(m) / mp.sqrt(s.q2)
    s.const = lambda m: (mp.mpf(1) / 2 + mp.log(s.q2 / s.q1) / 2 + mp.log(1 - m * m) / 2
                         - (1 - m * m) * s.dq(m)**2 / (2 * s.q1))
    # Q1 + Q2 - Q1^2/Q0 for two terms of powers 2 and p, without cancellation.
    s.v_energy = (a / p) * (u / 2) * (p - 2)**2 / s.q0 / s.q2
    s.v_total = 1 + s.q1 / s.q2
    return s


def stationary_point(t0, v):
    if abs(t0) <= 2 - v:
        return 2 * t0 / (2 - v)
    g = 2 / (abs(t0) + mp.sqrt(t0 * t0 - 4 * (1 - v)))
    return mp.sign(t0) * (g + 1 / g)


def minimum_point(t0, v, theta):
    half = mp.mpf(1) / 2
    if theta <= 1:
        return stationary_point(t0, v) if t0 >= 2 - v else mp.mpf(2)
    x = theta + 1 / theta
    if t0 >= 2 - v:
        t = stationary_point(t0, v)
        if t >= x:
            return t
    if half + theta / 2 - (2 - t0) / v <= 0:
        return mp.mpf(2)
    qa, qb, qc = 1 - 1 / v, theta / 2 + t0 / v, -(half + 1 / v)
    roots = [-qc / qb] if qa == 0 else [(-qb + s * mp.sqrt(qb * qb - 4 * qa * qc)) / (2 * qa) for s in (1, -1)]
    inside = [g for g in roots if 1 / theta - mp.mpf(10)**-40 <= g <= 1 + mp.mpf(10)**-40]
    assert len(inside) == 1, (t0, v, theta, roots)
    return inside[0] + 1 / inside[0]


def complexity(s, m, energy, minima):
    """(Sigma, t) at overlap m and noise energy, or over all energies where energy is None."""
    if energy is None:
        t0, v, extra = m * s.dq(m) / mp.sqrt(s.q2), s.v_total, mp.mpf(0)
    else:
        t0, v, extra = (m * s.dq(m) - energy * s.q1 / s.q0) / mp.sqrt(s.q2), s.v_energy, -energy**2 / (2 * s.q0)
    theta = s.theta(m)
    t = minimum_point(t0, v, theta) if minima else stationary_point(t0, v)
    value = s.const(m) + extra - (t - t0)**2 / (2 * v) + phi(t)
    return (value - lower_cost(theta, t) if minima else value), t


def energy_at_shift(s, m, t):
    t0 = t * (2 - s.v_energy) / 2 if abs(t) <= 2 else mp.sign(t) * (abs(t) - s.v_energy * resolvent(abs(t)))
    return s.q0 / s.q1 * (m * s.dq(m) - mp.sqrt(s.q2) * t0)


def threshold_energy(s):
    return -(s.q1**2 + s.q0 * (s.q2 - s.q1)) / (s.q1 * mp.sqrt(s.q2))


def zero_energy(s, minima):
    """The lower zero of Sigma(eps) at m = 0; nan where Sigma is negative everywhere."""
    f = lambda e: complexity(s, mp.mpf(0), e, minima)[0]
    # The top of the curve: t0 of the unconstrained energy, by the split of Gaussian energies.
    t = complexity(s, mp.mpf(0), None, minima)[1]
    top = -mp.sqrt(s.q2) * t * s.q1 / (s.q1 + s.q2)
    if f(top) <= 0:
        return NAN
    low = top - mp.sqrt(s.q0)
    while f(low) > 0:
        low -= mp.sqrt(s.q0)
    return bisect(f, low, top)


def index_fraction(s, energy):
    """The mass of the semicircle below -t, by quadrature."""
    t = complexity(s, mp.mpf(0), energy, False)[1]
    return mp.quad(lambda y: mp.sqrt(4 - y * y) / (2 * mp.pi), [-2, -t])


# ---- thresholds in u = 1/Delta_2

def gradient_flow(p, delta_p):
    a = 1 / mp.mpf(delta_p)
    return bisect(lambda u: u / mp.sqrt((p - 1) * a + u) - 1, mp.mpf(0), 2 + p * a)


def ml_amp(delta_p):
    d = mp.mpf(delta_p)
    return 2 / (-d + mp.sqrt(d * d + 4 * d))


def trivialization(p, delta_p):
    f = lambda u: complexity(model(p, delta_p, u), mp.mpf(0), None, True)[0]
    low = gradient_flow(p, delta_p)
    high = low * mp.mpf("1.01")
    while f(high) > 0:
        low, high = high, high * mp.mpf("1.3")
    return bisect(f, low, high)


def trivialization_edge(p, delta_p):
    def f(u):
        s = model(p, delta_p, u)
        r, theta = s.q2 / s.q1, s.u / mp.sqrt(s.q2)
        return mp.log(r) / 2 - 2 * r / (1 + r) + mp.mpf(1) / 4 - (mp.log(theta) / 2 + theta**2 / 4 - theta)
    low = gradient_flow(p, delta_p)
    high = low * mp.mpf("1.01")
    while f(high) > 0:
        low, high = high, high * mp.mpf("1.3")
    return bisect(f, low, high)


def anti_aligned(p, delta_p):
    """Odd p: where the anti-aligned fixed point m_- becomes stable against the bulk."""
    if p % 2 == 0:
        return NAN
    def f(u):
        s = model(p, delta_p, u)
        m = -mp.sqrt(1 - s.q1 / s.q2)
        return s.dq(m) / m - mp.sqrt(s.q2)
    low = gradient_flow(p, delta_p)
    high = 2 * low
    while f(high) < 0:
        high *= 2
    return bisect(f, low, high)


def band_end(p, delta_p):
    """p = 3: S(m) = dS/dm = 0 at m < 0; nan unless it lies above the anti-aligned root. Newton's method from a scan."""
    if p != 3:
        return NAN
    s_of = lambda u, m: complexity(model(p, delta_p, u), m, None, True)[0]
    best = NAN
    old = mp.mp.dps
    mp.mp.dps = 20
    start = max(anti_aligned(p, delta_p), trivialization(p, delta_p))
    grid = [-mp.mpf(k) / 400 for k in range(1, 320)]
    s = model(p, delta_p, start)
    m_minus = negative_fixed_point(s)
    values = [complexity(s, m, None, True)[0] for m in grid]
    peaks = [grid[k] for k in range(1, len(grid) - 1) if values[k] > max(values[k - 1], values[k + 1]) and values[k] > 0
             and abs(grid[k] - m_minus) > 0.02]
    mp.mp.dps = old
    for peak in peaks:
        slope = lambda u, m: mp.diff(lambda x: s_of(u, x), m, h=mp.mpf(10)**-20)
        u, m = mp.findroot(lambda u, m: [s_of(u, m), slope(u, m)], (start, peak), tol=mp.mpf(10)**-36)
        best = u if mp.isnan(best) else max(best, u)
    return best


def langevin(p, delta_p, temperature):
    """(Delta_2, kind): the smallest Delta_2 < 1/T with Q''(1 - T Delta_2) Delta_2^2 = 1, where q must be, and is, the largest root of Q''(q)(1-q)^2 = T^2."""
    a, temp = 1 / mp.mpf(delta_p), mp.mpf(temperature)
    # In y = Delta_2: (p-1) a (1 - T y)^(p-2) y^2 + y - 1 = 0, a polynomial.
    f = lambda y: (p - 1) * a * (1 - temp * y)**(p - 2) * y * y + y - 1
    n = 4000
    y = lambda k: mp.mpf(k) / n / temp
    for k in range(n - 1):
        if f(y(k)) * f(y(k + 1)) <= 0:
            root = bisect(f, y(k), y(k + 1))
            break
    else:
        return 1 / temp, "paramagnet"
    s = model(p, delta_p, 1 / root)
    q = 1 - temp * root
    g = lambda x: s.d2q(x) * (1 - x)**2 - temp**2
    beyond = [q + (1 - q) * mp.mpf(k) / 2000 for k in range(1, 2000)]
    assert all(g(x) < 0 for x in beyond)
    return root, "threshold"


def power_law_onset(p, delta_p):
    def f(u):
        s = model(p, delta_p, u)
        return s.u * mp.sqrt(s.q2) - s.q1
    return bisect(f, 0, gradient_flow(p, delta_p)) if f(gradient_flow(p, delta_p)) > 0 else NAN


# ---- state evolution

def real_roots(coefficients):
    """Real roots of a polynomial (highest power first)."""
    roots = mp.polyroots(coefficients, maxsteps=500, extraprec=400)
    return sorted(mp.re(r) for r in roots if abs(mp.im(r)) < mp.mpf(10)**-35)


def ml_fixed_points(s):
    """m != 0 with m = Q'(m)/sqrt(Q'(m)^2 + Q1): (1-m^2)(a m^n + u)^2 = Q1 with a m^n + u > 0."""
    f = lambda m: (1 - m * m) * (s.a * m**(s.p - 2) + s.u)**2 - s.q1
    n = 3001  # a prime, so that no simple root is a grid point
    grid = [mp.mpf(k) / n for k in range(-n, n + 1)]
    found = []
    for low, high in zip(grid, grid[1:]):
        if f(low) * f(high) < 0:
            m = bisect(f, low, high)
            if s.a * m**(s.p - 2) + s.u > 0:
                found.append(m)
    return found


def negative_fixed_point(s):
    """Odd p: the anti-aligned fixed point."""
    roots = [m for m in ml_fixed_points(s) if m < 0] if s.p % 2 == 1 else []
    return roots[-1] if roots else NAN


def free_entropy(s, m):
    return (mp.log(1 - m) + m) / 2 + s.a * m**s.p / (2 * s.p) + s.u * m * m / 4


def bayes_fixed_points(s):
    f = lambda m: 1 - (1 - m) * (s.u + s.a * m**(s.p - 2))
    n = 3001  # a prime, so that no simple root is a grid point
    grid = [mp.mpf(k) / n for k in range(0, n + 1)]
    return [bisect(f, low, high) for low, high in zip(grid, grid[1:]) if f(low) * f(high) < 0]


def spinodals(p, delta_p):
    """(u, m) of the lower spinodal (end of the high branch) and of the upper one (end of the low branch)."""
    d = mp.mpf(delta_p)
    if p == 3:
        return (((2 * mp.sqrt(d) - 1) / d, 1 - mp.sqrt(d)), (mp.mpf(1), mp.mpf(0))) if d < 1 else ((NAN, NAN), (NAN, NAN))
    g = lambda m: (p - 2) * m**(p - 3) * (1 - m)**2 - d
    top = mp.mpf(p - 3) / (p - 1)
    if g(top) <= 0:
        return (NAN, NAN), (NAN, NAN)
    u = lambda m: 1 / (1 - m) - m**(p - 2) / d
    low, high = bisect(g, mp.mpf(0), top), bisect(g, top, mp.mpf(1))
    return (u(high), high), (u(low), low)


def information_theoretic(p, delta_p):
    """(u, m_low, m_high) of equal free entropy, by Newton's method on the equations of the two branches."""
    d = mp.mpf(delta_p)
    (u_low, m_large), (u_up, m_small) = spinodals(p, delta_p)
    if mp.isnan(u_low):
        return NAN, NAN, NAN
    # Against m = 0: the parametric closed form Delta_p(m), on the branch beyond the lower spinodal.
    w = lambda m: m**p * (mp.mpf(1) / 2 - mp.mpf(1) / p) / (mp.log(1 - m) + m + m * m / (2 * (1 - m))) - d
    if u_low < 1:
        m = bisect(w, m_large, 1 - mp.mpf(10)**-25)
        u = 1 / (1 - m) - m**(p - 2) / d
        if u <= 1:
            return u, mp.mpf(0), m
    def gap(u):
        s = model(p, d, u)
        stationary = lambda m: 1 / (1 - m) - s.a * m**(p - 2) - u
        m1 = bisect(stationary, mp.mpf(0), m_small)
        m3 = bisect(stationary, m_large, 1 - mp.mpf(10)**-30)
        return free_entropy(s, m3) - free_entropy(s, m1), m1, m3
    u = bisect(lambda u: gap(u)[0], max(u_low, mp.mpf(1)), u_up)
    return (u,) + gap(u)[1:]


# ---- the pure p-spin model, Q(x) = x^p, energies u = H/N on the sphere of radius sqrt(N)

def pure_theta(p, k, u):
    p, u = mp.mpf(p), mp.mpf(u)
    bound = 2 * mp.sqrt((p - 1) / p)
    if u >= -bound:
        return mp.log(p - 1) / 2 - (p - 2) / p
    i1 = -u / bound**2 * mp.sqrt(u * u - bound**2) - mp.log(-u + mp.sqrt(u * u - bound**2)) + mp.log(bound)
    return mp.log(p - 1) / 2 - (p - 2) / (4 * (p - 1)) * u * u - (k + 1) * i1
