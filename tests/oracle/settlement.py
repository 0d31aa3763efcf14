#!/usr/bin/env python3
"""Computes an event's newest settlement again from what passa shows of its sales, plans and campaigns, in exact fractions and by
the rules as they are written for people (passa sale show --help, README), and compares every figure. Shares no code with passa.

Usage: settlement.py EVENT, with passa in the PATH. Every settled line must lie before the newest settlement's cut.
"""
import json
import subprocess
import sys
from collections import defaultdict
from decimal import Decimal
from fractions import Fraction


def ask(*words):
    return json.loads(subprocess.run(["passa", *words, "--json"], capture_output=True, text=True, check=True).stdout)


def units(amount, scale):
    return int(Decimal(amount["amount"]).scaleb(scale))


def towards_zero(fraction):
    return -(-fraction.numerator // fraction.denominator) if fraction < 0 else fraction.numerator // fraction.denominator


def half_even(fraction):
    return round(fraction)  # of a Fraction: exact, ties to even


def rate_of(text):
    number, unit = (text[:-1], 100) if text.endswith("%") else (text[:-3], 10000)
    return Fraction(Decimal(number.strip())) / unit


def largest_remainder(total, weights):
    if total < 0:
        return [-part for part in largest_remainder(-total, weights)]
    exact = [Fraction(total) * w / sum(weights) for w in weights]
    parts = [e.numerator // e.denominator for e in exact]
    order = sorted(range(len(weights)), key=lambda i: parts[i] - exact[i])  # stable: ties to the earlier
    for i in order[: total - sum(parts)]:
        parts[i] += 1
    return parts


def eligible_of(lines):
    kept = [l for l in lines if l["kind"] not in ("refund", "cancellation", "chargeback")]
    undone = -sum(l["gross"] for l in lines if l not in kept)
    net = sum(l["gross"] - l["tax"] - l["fee_platform"] - l["fee_payment"] for l in kept)
    gross = sum(l["gross"] for l in kept)
    return 0 if gross == 0 else net - towards_zero(Fraction(net * undone, gross))


def load_sales(event, scale):
    sales = defaultdict(list)
    for order in sorted({s["order"] for s in ask("sale", "list", "--event", event, "--limit", "100000")["items"]}):
        for line in ask("sale", "show", order)["items"]:
            for key in ("gross", "tax", "fee_platform", "fee_payment", "net", "eligible"):
                line[key] = units(line[key], scale)
            sales[line["sale"]].append(line)
    for sale in sales.values():
        assert eligible_of(sale) == sum(l["eligible"] for l in sale), sale
    return [line for sale in sales.values() for line in sale]


def spec_of(kind, versioned):
    return ask("get", kind, versioned.rsplit(" v", 1)[0])["items"][0]["spec"]


def compute(lines, scale):
    dues = defaultdict(int)
    earned, brought = defaultdict(int), defaultdict(lambda: defaultdict(int))
    for line in lines:
        if line["campaign"] and line["creator"]:
            earned[line["campaign"], line["creator"]] += line["eligible"]
            brought[line["campaign"], line["creator"]][line["plan"]] += line["eligible"]
    off = defaultdict(int)
    for (campaign, creator), total in earned.items():  # one version a campaign: caps of several versions add up elsewhere
        spec = spec_of("Campaign", campaign)
        due = half_even(total * rate_of(spec["commission"]))
        if "cap" in spec:
            due = min(due, units(dict(zip(("amount", "asset"), spec["cap"].split())), scale))
        plans = sorted(brought[campaign, creator].items())
        weights = [max(w, 0) for _, w in plans]
        assert sum(weights) > 0 or due == 0, "not covered"
        for (plan, _), part in zip(plans, largest_remainder(due, weights) if due else [0] * len(plans)):
            dues[plan, creator, "commission"] += part
            off[plan] += part
    for plan in {line["plan"] for line in lines}:
        spec = spec_of("SplitPlan", plan)
        mine = [line for line in lines if line["plan"] == plan]
        fees = sum(l["fee_platform"] + l["fee_payment"] for l in mine)
        shared = sum(l["gross"] - l["tax"] for l in mine)
        is_gross, payer = spec.get("basis") == "gross", spec.get("commissionFrom")
        shared -= (0 if is_gross else fees) + (0 if payer else off[plan])
        for share, part in zip(spec["shares"], largest_remainder(shared, [rate_of(s["share"]) for s in spec["shares"]])):
            dues[plan, share["party"], "share"] += part
        if is_gross:
            dues[plan, spec["feesFrom"], "share"] -= fees
        if payer:
            dues[plan, payer, "share"] -= off[plan]
    return {key: due for key, due in dues.items() if due != 0}


def main():
    event = sys.argv[1]
    newest = ask("settlement", "list", "--event", event)["items"][0]["id"]
    explained = ask("explain", "settlement", newest)
    scale = -Decimal(explained["pools_to_date"][0]["gross"]["amount"]).as_tuple().exponent
    lines = load_sales(event, scale)
    computed = compute(lines, scale)
    shown = defaultdict(int)
    for due in explained["dues_to_date"]:
        shown[due["plan"], due["party"], due["kind"]] += units(due["due_to_date"], scale)
    off = [(key, computed.get(key, 0), shown.get(key, 0)) for key in sorted({*computed, *shown}) if computed.get(key, 0) != shown.get(key, 0)]
    print(*off, sep="\n", end="\n" if off else "")
    print(f"{'differs' if off else 'equal'}: {len(computed)} figures of {len(lines)} lines")
    return 1 if off else 0


if __name__ == "__main__":
    sys.exit(main())
