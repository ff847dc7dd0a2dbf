"""Pays one order with the client that openapi-python-client made: pay.py URL KEY ORDER."""

import sys
import time

from paytone_payments_client import AuthenticatedClient
from paytone_payments_client.api.payments import get_payment, start_payment
from paytone_payments_client.models import Amount, Payment, PaymentStatus, Terms

url, key, order_id = sys.argv[1:]
with AuthenticatedClient(base_url=url, token=key) as client:
    terms = Terms(amount=Amount(value="100.55", currency="USD"), service="payment_card_usd_hpp")
    payment = start_payment.sync(order_id, client=client, body=terms)
    assert isinstance(payment, Payment), payment
    print("started", flush=True)
    while payment.status != PaymentStatus.PAID:
        time.sleep(0.2)
        payment = get_payment.sync(order_id, client=client)
        assert isinstance(payment, Payment), payment
    print(f"{payment.order_id} is {payment.status}: {payment.money.paid} {payment.money.currency}")
