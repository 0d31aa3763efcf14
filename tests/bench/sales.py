#!/usr/bin/env python3
"""Writes SALES made-up sales in passa's own format; the same size gives the same bytes. With LATER, a second file of what the
gateway says afterwards of some of them: 2.5 % given back, half of these in part, and 1 % sold for other money.
Usage: sales.py SALES FILE [LATER]   (every third order brings one of the promo codes DEMO1 to DEMO8)
"""
import random
import sys

HEADER = ("source,external_order_id,external_line_id,tier,quantity,currency,gross_minor,discount_minor,tax_minor,fee_platform_minor,"
          "fee_payment_minor,net_minor,status,paid_at,voucher,payment_ref,refunded_minor,refunded_at\n")


def row(order, line, gross, status="paid", refunded="", refunded_at=""):
    tax, platform, payment = gross * 16 // 116, gross * 3 // 100, gross * 25 // 1000
    code = f"DEMO{1 + order % 8}" if order % 3 == 0 else ""
    paid_at = f"2025-0{1 + order % 9}-{1 + order % 28:02d}T10:{order % 60:02d}:00+03:00"
    return (f"box,ORD{order:07d},{line},regular,1,KES,{gross},0,{tax},{platform},{payment},{gross - tax - platform - payment},{status},"
            f"{paid_at},{code},pay_{order:09d},{refunded},{refunded_at}\n")


def change(rng, order, line, gross):
    """What the gateway says later of this sale; mostly nothing."""
    lot = rng.randrange(1000)
    if lot < 12:
        return row(order, line, gross, "refunded", gross, "2025-10-30T10:00:00+03:00")
    if lot < 25:
        return row(order, line, gross, "partially_refunded", rng.randrange(1, gross), "2025-10-30T10:00:00+03:00")
    return row(order, line, gross + 1000) if lot < 35 else ""


def main(sales, path, later=None):
    rng, made, order = random.Random(1), 0, 0
    with open(path, "w", encoding="utf-8") as out, open(later or "/dev/null", "w", encoding="utf-8") as changes:
        out.write(HEADER)
        changes.write(HEADER)
        while made < sales:
            order += 1
            for line in range(1, min(rng.randrange(1, 5), sales - made) + 1):
                gross = 150_000 + order % 977
                out.write(row(order, line, gross))
                changes.write(change(rng, order, line, gross))
                made += 1


if __name__ == "__main__":
    main(int(sys.argv[1]), *sys.argv[2:])
