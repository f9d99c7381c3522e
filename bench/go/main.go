// The yardstick: a provider on terraform-plugin-framework with the schema of ksvla_svm and no server behind it.
//
// It does what every provider does, decode and encode, and waits for nothing. Validators are left out.
package main

import (
	"context"
	"log"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/provider"
	providerschema "github.com/hashicorp/terraform-plugin-framework/provider/schema"
	"github.com/hashicorp/terraform-plugin-framework/providerserver"
	"github.com/hashicorp/terraform-plugin-framework/resource"
)

const address = "terraform.local/bench/yardstick"

func main() {
	newProvider := func() provider.Provider { return yardstick{} }
	if err := providerserver.Serve(context.Background(), newProvider, providerserver.ServeOpts{Address: address}); err != nil {
		log.Fatal(err)
	}
}

type yardstick struct{}

func (yardstick) Metadata(_ context.Context, _ provider.MetadataRequest, resp *provider.MetadataResponse) {
	resp.TypeName = "yardstick"
}

func (yardstick) Schema(_ context.Context, _ provider.SchemaRequest, resp *provider.SchemaResponse) {
	resp.Schema = providerschema.Schema{}
}

func (yardstick) Configure(context.Context, provider.ConfigureRequest, *provider.ConfigureResponse) {}

func (yardstick) DataSources(context.Context) []func() datasource.DataSource { return nil }

func (yardstick) Resources(context.Context) []func() resource.Resource {
	return []func() resource.Resource{func() resource.Resource { return svm{} }}
}
