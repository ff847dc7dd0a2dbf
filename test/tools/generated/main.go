// Pays one order with the client that ogen made: main URL KEY ORDER.
package main

import (
	"context"
	"fmt"
	"log"
	"os"
	"time"

	"orders/api"
)

type key string

func (k key) Key(context.Context, api.OperationName) (api.Key, error) {
	return api.Key{Token: string(k)}, nil
}

func main() {
	url, order := os.Args[1], os.Args[3]
	ctx := context.Background()
	client, err := api.NewClient(url, key(os.Args[2]))
	if err != nil {
		log.Fatal(err)
	}
	terms := &api.Terms{
		Amount:  api.Amount{Value: "100.55", Currency: "USD"},
		Service: api.NewOptString("payment_card_usd_hpp"),
	}
	if _, err := client.StartPayment(ctx, terms, api.StartPaymentParams{OrderId: order}); err != nil {
		log.Fatal(err)
	}
	fmt.Println("started")
	for ; ; time.Sleep(200 * time.Millisecond) {
		answer, err := client.GetPayment(ctx, api.GetPaymentParams{OrderId: order})
		if err != nil {
			log.Fatal(err)
		}
		got, ok := answer.(*api.PaymentHeaders)
		if !ok {
			log.Fatalf("%T: %v", answer, answer)
		}
		if payment := got.Response; payment.Status == api.PaymentStatusPaid {
			fmt.Printf("%s is %s: %s %s\n", payment.OrderId, payment.Status, payment.Money.Value.Paid, payment.Money.Value.Currency)
			return
		}
	}
}
