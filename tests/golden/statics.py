#!/usr/bin/env python3
# Writes statics.json from statics_formulas.py: a few dozen models, thirty digits each.
# Run once, by hand: a golden file is never regenerated to make a test pass.
import datetime
import json
import os
import sys

import mpmath as mp

from statics_formulas import (NAN, anti_aligned, band_end, bayes_fixed_points, bisect, complexity, energy_at_shift, free_entropy,
                              gradient_flow, index_fraction, information_theoretic, langevin, lower_cost, ml_amp, ml_fixed_points, model, negative_fixed_point,
                              phi, power_law_onset, pure_theta, rate1, resolvent, spinodals, threshold_energy, trivialization, trivialization_edge, upper_cost, zero_energy)

DIGITS = 30
HERE = os.path.dirname(os.path.abspath(__file__))


def text(x):
    x = mp.mpf(x)
    return "nan" if mp.isnan(x) else mp.nstr(x, DIGITS, min_fixed=0, max_fixed=0)


def self_check():
    """Closed forms against quadrature, to far more digits than are written."""
    small = mp.mpf(10)**-40
    for t in ("2", "2.05", "2.5", "7"):
        t = mp.mpf(t)
        assert abs(rate1(t) - mp.quad(lambda y: mp.sqrt(y * y - 4), [2, t]) / 2) < small
        assert abs(phi(t) - mp.mpf(1) / 2 - mp.quad(resolvent, [2, t])) < small
    density = lambda y: mp.sqrt(4 - y * y) / (2 * mp.pi)
    assert abs(phi(mp.mpf("2.5")) - mp.quad(lambda y: density(y) * mp.log(mp.mpf("2.5") - y), [-2, 0, 2])) < small
    assert abs(phi(1) - mp.quad(lambda y: density(y) * mp.log(abs(1 - y)), [-2, 0, 1, 1.5, 2])) < mp.mpf(10)**-25
    for theta, t in ((1.5, 2.05), (2.5, 2.3), (4, 2)):
        x = mp.mpf(theta) + 1 / mp.mpf(theta)
        tail = mp.quad(lambda y: theta / mp.mpf(2) - y / 4 - mp.sqrt(y * y - 4) / 4, [t, x])
        assert abs(lower_cost(mp.mpf(theta), mp.mpf(t)) - tail) < small


def point(p, delta_p, u, overlaps, energies):
    s = model(p, delta_p, u)
    zero = mp.mpf(0)
    theta = s.theta(zero)
    fixed = ml_fixed_points(s)
    bayes = bayes_fixed_points(s)
    stationary = [zero] + bayes
    row = {"p": p, "delta_p": delta_p, "inv_delta2": u, "theta": theta, "e_threshold": threshold_energy(s),
           "sigma_threshold": complexity(s, zero, threshold_energy(s), False)[0],
           "lambda_out": -mp.sqrt(s.q2) * (theta - 1)**2 / theta if theta > 1 else NAN,
           "overlap2_out": 1 - theta**-2 if theta > 1 else NAN,
           "e_one_to_zero": energy_at_shift(s, zero, theta + 1 / theta) if theta > 1 else NAN,
           "e_zero": zero_energy(s, False), "e_zero_minima": zero_energy(s, True), "index_fraction_half": index_fraction(s, threshold_energy(s) / 2),
           "m_ml": fixed, "e_ml": [-s.q(m) - mp.sqrt(s.q1 * (1 - m * m)) for m in fixed],
           "m_bayes": bayes, "m_bayes_best": max(stationary, key=lambda m: free_entropy(s, m)), "m_minus": negative_fixed_point(s), "curve": []}
    for m in overlaps:
        for fraction in energies:
            energy = None if fraction is None else float(fraction * threshold_energy(s))
            x = mp.mpf(m)
            e = None if energy is None else mp.mpf(energy)
            (all_value, all_t), (min_value, min_t) = complexity(s, x, e, False), complexity(s, x, e, True)
            row["curve"].append({"m": m, "energy": energy, "sigma": all_value, "shift": all_t, "sigma_minima": min_value, "shift_minima": min_t})
    return row


def encode(value):
    if isinstance(value, dict):
        return {k: encode(v) for k, v in value.items()}
    if isinstance(value, (list, tuple)):
        return [encode(v) for v in value]
    return text(value) if isinstance(value, mp.mpf) else value


MEANING = {
    "numbers": "JSON numbers are exact double inputs; strings are results to 30 digits, 'nan' where the quantity does not exist",
    "thresholds": "in u = 1/Delta_2: gf, ml_amp, triv (sup over energies of the minima's complexity at m = 0 vanishes), triv_edge (the same with t = 2 imposed), anti (anti-aligned point bulk-stable, odd p), "
                  "band (p = 3, end of the band of minima at m < 0 where it outlives the others), onset (u sqrt(Q2) = Q1), spinodal_lower/upper as (u, m), it as (u, m_low, m_high)",
    "langevin": "delta2 at temperature T and its kind: threshold, or paramagnet (Delta_2 = 1/T)",
    "points": "at one model: theta, e_threshold, sigma_threshold, lambda_out and overlap2_out at threshold, e_one_to_zero, lower zeros of the complexity at m = 0, index fraction at e_threshold/2, "
              "ML fixed points ascending with their energies e = l, Bayes fixed points m > 0 ascending and the one of largest free entropy (0 included), m_minus; curve: at overlap m and noise energy (null: over all)",
    "matrix": "phi(t), i1(t), lower(theta, t), upper(theta, t)",
    "pure": "Theta_k(u) and E_k of the pure p-spin model",
}


def main(path):
    self_check()
    data = {"provenance": {"script": "tests/golden/statics.py with statics_formulas.py", "mpmath": mp.__version__, "python": sys.version.split()[0], "precision": f"{mp.mp.dps} digits, {DIGITS} written",
                           "date": datetime.date.today().isoformat(), "meaning": MEANING}}
    data["matrix"] = [{"theta": th, "t": t, "phi": phi(t), "i1": rate1(mp.mpf(t)), "lower": lower_cost(mp.mpf(th), mp.mpf(t)), "upper": upper_cost(th, t)}
                      for th, t in ((1.5, 2.05), (2.5, 2.3), (0.4, 2.5), (0.4, 4.0), (-1.5, 3.0), (1.0, 2.0), (3.0, 2.0), (1.001, 2.0000001), (1.25, 2.5), (5.0, 40.0), (20.0, 6.5), (0.9, 2.001), (2.0, 1000.0))]
    data["phi_inside"] = [{"t": t, "phi": phi(t)} for t in (-3.2, -2.0, -0.7, 0.0, 1.9999)]
    thresholds = []
    for p in (3, 4, 5, 6, 7, 10, 13, 25, 50):
        for d in ((1e-4, 0.01, 0.125, 0.25, 0.28, 0.5, 1.0, 2.0, 4.0, 1.5, 100.0) if p < 6 else (1e-4, 0.01, 0.25, 1.0, 30.0)):
            lower, upper = spinodals(p, d)
            thresholds.append({"p": p, "delta_p": d, "gf": gradient_flow(p, d), "ml_amp": ml_amp(d), "triv": trivialization(p, d), "triv_edge": trivialization_edge(p, d),
                               "anti": anti_aligned(p, d), "band": band_end(p, d) if 0.25 <= d <= 4 else NAN, "onset": power_law_onset(p, d),
                               "spinodal_lower": lower, "spinodal_upper": upper, "it": information_theoretic(p, d)})
    data["thresholds"] = thresholds
    rows = []
    for p, d in ((3, 0.5), (3, 1.0), (3, 4.0), (4, 0.125), (4, 0.25), (4, 4.0), (5, 0.0625), (5, 0.5), (10, 0.02), (50, 1.0)):
        for temp in (0.01, 0.25, 0.75, 1.0, 1.1, 2.0):
            value, kind = langevin(p, d, temp)
            rows.append({"p": p, "delta_p": d, "temperature": temp, "delta2": value, "kind": kind})
    data["langevin"] = rows
    energies = (None, 0.7, 1.0, 1.001, 1.05, 1.4)
    points = [point(3, 1.0, u, (0.0, 0.3, -0.3, 0.8), energies) for u in (1.5, 1.9, 2.0, 2.3, 2.7, 4.0)]
    for p, d, u, ms in ((3, 0.001, 60.0, (0.0, 0.5, -0.5)), (3, 100.0, 1.05, (0.0, 0.1, -0.05)), (3, 0.5, 3.5, (0.0, -0.06, 0.9)), (3, 2.0, 1.92, (0.0, -0.0485)),
                        (4, 1.0, 2.0, (0.0, 0.5)), (4, 0.25, 1.1, (0.0, 0.9)), (4, 4.0, 6.0, (0.0, -0.95)), (5, 0.01, 50.0, (0.0, -0.6)), (5, 1.0, 0.3, (0.0, 0.4)),
                        (6, 0.5, 7.0, (0.0, 0.25)), (13, 0.01, 80.0, (0.0, -0.9)), (25, 1e4, 1.2, (0.0, 0.3)), (50, 1.0, 17.0, (0.0, 0.9)), (50, 1e-4, 2500.0, (0.0, 0.05)),
                        (50, 30.0, 1e-3, (0.0, 0.2)), (3, 1e-3, 1e3, (0.0, 0.3)), (3, 1.0, 1e4, (0.0, 0.01)), (4, 1e-2, 1e-2, (0.0, 0.6))):
        points.append(point(p, d, u, ms, (None, 0.8, 1.0, 1.1)))
    data["points"] = points
    pure = []
    for p in (3, 4, 10, 50):
        bound = 2 * mp.sqrt(mp.mpf(p - 1) / p)
        for k in (0, 1, 2, 5):
            u = float(-bound * mp.mpf("1.004"))
            zero = -bisect(lambda x: pure_theta(p, k, x), -3 * bound, -bound)
            pure.append({"p": p, "k": k, "u": u, "theta_k": pure_theta(p, k, u), "e_k": zero})
    data["pure"] = pure
    with open(path, "w", encoding="ascii") as out:
        lists = {k: encode(v) for k, v in data.items()}
        out.write("{\n" + ",\n".join(json.dumps(k) + ": " + (json.dumps(v, indent=1) if k == "provenance" else "[\n" + ",\n".join(json.dumps(r) for r in v) + "\n]") for k, v in lists.items()) + "\n}\n")


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else os.path.join(HERE, "statics.json"))
