package main

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// As long as most of what the Integration Server answers.
const answer = "6f1f1b1e-5d0c-4c4f-9a39-0d6c7c0a8f11"

type svm struct{}

func (svm) Metadata(_ context.Context, _ resource.MetadataRequest, resp *resource.MetadataResponse) {
	resp.TypeName = "yardstick_svm"
}

func (svm) Schema(_ context.Context, _ resource.SchemaRequest, resp *resource.SchemaResponse) {
	resp.Schema = schema.Schema{Attributes: attributes(declared)}
}

func (svm) Create(ctx context.Context, req resource.CreateRequest, resp *resource.CreateResponse) {
	resp.Diagnostics.Append(answered(ctx, req.Plan, &resp.State)...)
}

func (svm) Read(ctx context.Context, req resource.ReadRequest, resp *resource.ReadResponse) {
	var object types.Object
	resp.Diagnostics.Append(req.State.Get(ctx, &object)...)
	resp.Diagnostics.Append(resp.State.Set(ctx, object)...)
}

func (svm) Update(ctx context.Context, req resource.UpdateRequest, resp *resource.UpdateResponse) {
	resp.Diagnostics.Append(answered(ctx, req.Plan, &resp.State)...)
}

func (svm) Delete(context.Context, resource.DeleteRequest, *resource.DeleteResponse) {}

// The plan with a value for everything that a server would tell.
func answered(ctx context.Context, plan tfsdk.Plan, state *tfsdk.State) diag.Diagnostics {
	var diagnostics diag.Diagnostics
	var object types.Object
	filled, err := tftypes.Transform(plan.Raw, func(_ *tftypes.AttributePath, value tftypes.Value) (tftypes.Value, error) {
		if value.IsKnown() {
			return value, nil
		}
		return known(value.Type()), nil
	})
	if err != nil {
		diagnostics.AddError("Unable to answer", err.Error())
		return diagnostics
	}
	plan.Raw = filled
	diagnostics.Append(plan.Get(ctx, &object)...)
	diagnostics.Append(state.Set(ctx, object)...)
	return diagnostics
}

func known(of tftypes.Type) tftypes.Value {
	switch of := of.(type) {
	case tftypes.Object:
		parts := map[string]tftypes.Value{}
		for name, part := range of.AttributeTypes {
			parts[name] = known(part)
		}
		return tftypes.NewValue(of, parts)
	case tftypes.List:
		if of.ElementType.Is(tftypes.String) {
			return tftypes.NewValue(of, []tftypes.Value{})
		}
		return tftypes.NewValue(of, []tftypes.Value{known(of.ElementType)})
	}
	switch {
	case of.Is(tftypes.String):
		return tftypes.NewValue(of, answer)
	case of.Is(tftypes.Bool):
		return tftypes.NewValue(of, true)
	case of.Is(tftypes.Number):
		return tftypes.NewValue(of, 1)
	}
	return tftypes.NewValue(of, nil)
}
