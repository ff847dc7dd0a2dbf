"""Leads schemathesis past 422: few of all currencies, services and origins are offered by the sandbox.

Only what is valid already is replaced, by what is valid too, so that data meant to be wrong stays wrong.
"""

import re

import schemathesis

URL = re.compile(r"https?://[A-Za-z0-9.-]+(:[0-9]{1,5})?([/?#][!-~]*)?\Z")


VALUE = re.compile(r"(0|[1-9][0-9]{0,14})(\.[0-9]{1,4})?\Z")
CURRENCY = re.compile(r"[A-Z]{3}\Z")


def in_dollars(amount):
    """How many decimals a currency takes is more than the document says."""
    value, currency = amount.get("value"), amount.get("currency")
    if not (isinstance(value, str) and VALUE.match(value) and isinstance(currency, str) and CURRENCY.match(currency)):
        return amount
    whole, point, decimals = value.partition(".")
    return {**amount, "value": whole[:13] + point + decimals[:2], "currency": "USD"}


@schemathesis.hook
def map_body(context, body):
    if not isinstance(body, dict):
        return body
    if isinstance(body.get("amount"), dict):
        body = {**body, "amount": in_dollars(body["amount"])}
    if context.operation.definition.raw.get("operationId") != "startPayment":
        return body
    if isinstance(body.get("service"), str) and 1 <= len(body["service"]) <= 128:
        body = {name: value for name, value in body.items() if name != "service"}
    urls = body.get("returnUrls")
    if isinstance(urls, dict) and {"success", "pending", "fail"} <= urls.keys():
        if all(isinstance(url, str) and len(url) <= 2048 and URL.match(url) for url in urls.values()):
            body = {name: value for name, value in body.items() if name != "returnUrls"}
    return body


# Ten questions about a payment are answered at once, the next ones a second apart. So every ten are about another one.
AT_ONCE = 10
asked = {}


@schemathesis.hook
def before_call(context, case, **kwargs):
    order_id = (case.path_parameters or {}).get("orderId")
    if not isinstance(order_id, str) or not re.fullmatch(r"[A-Za-z0-9_-]{1,50}", order_id):
        return
    asked[order_id] = asked.get(order_id, 0) + 1
    group = asked[order_id] // AT_ONCE
    if group > 0:
        case.path_parameters = {**case.path_parameters, "orderId": f"{order_id}_{group}"}
