package main

import (
	_ "embed"
	"encoding/json"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/booldefault"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/int64default"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/listplanmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/objectplanmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/stringdefault"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/stringplanmodifier"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

// Written beside this file from the declaration of ksvla_svm when the yardstick is built.
//
//go:embed schema.json
var schemaJSON []byte

var declared = func() (all map[string]attribute) {
	if err := json.Unmarshal(schemaJSON, &all); err != nil {
		panic(err)
	}
	return all
}()

type attribute struct {
	Kind        string               `json:"kind"`
	Description string               `json:"description"`
	Attributes  map[string]attribute `json:"attributes"`
	Required    bool                 `json:"required"`
	Optional    bool                 `json:"optional"`
	Computed    bool                 `json:"computed"`
	Sensitive   bool                 `json:"sensitive"`
	WriteOnly   bool                 `json:"writeOnly"`
	Replaces    bool                 `json:"replaces"`
	Keeps       bool                 `json:"keeps"`
	Default     any                  `json:"default"`
}

func attributes(of map[string]attribute) map[string]schema.Attribute {
	all := map[string]schema.Attribute{}
	for name, declared := range of {
		all[name] = declared.schema()
	}
	return all
}

func (a attribute) schema() schema.Attribute {
	hasDefault := a.Default != nil
	switch a.Kind {
	case "string":
		made := schema.StringAttribute{
			Description: a.Description, Required: a.Required, Optional: a.Optional, Computed: a.Computed || hasDefault,
			Sensitive: a.Sensitive, WriteOnly: a.WriteOnly, PlanModifiers: a.stringModifiers(),
		}
		if hasDefault {
			made.Default = stringdefault.StaticString(a.Default.(string))
		}
		return made
	case "bool":
		made := schema.BoolAttribute{
			Description: a.Description, Required: a.Required, Optional: a.Optional, Computed: a.Computed || hasDefault,
		}
		if hasDefault {
			made.Default = booldefault.StaticBool(a.Default.(bool))
		}
		return made
	case "number":
		made := schema.Int64Attribute{
			Description: a.Description, Required: a.Required, Optional: a.Optional, Computed: a.Computed || hasDefault,
		}
		if hasDefault {
			made.Default = int64default.StaticInt64(int64(a.Default.(float64)))
		}
		return made
	case "list of string":
		return schema.ListAttribute{
			Description: a.Description, Required: a.Required, Optional: a.Optional, Computed: a.Computed, ElementType: strings(),
		}
	case "set of string":
		return schema.SetAttribute{
			Description: a.Description, Required: a.Required, Optional: a.Optional, Computed: a.Computed, ElementType: strings(),
		}
	case "single":
		made := schema.SingleNestedAttribute{
			Description: a.Description, Required: a.Required, Optional: a.Optional, Computed: a.Computed,
			Attributes: attributes(a.Attributes),
		}
		if a.Keeps {
			made.PlanModifiers = []planmodifier.Object{objectplanmodifier.UseStateForUnknown()}
		}
		return made
	case "list":
		made := schema.ListNestedAttribute{
			Description: a.Description, Required: a.Required, Optional: a.Optional, Computed: a.Computed,
			NestedObject: schema.NestedAttributeObject{Attributes: attributes(a.Attributes)},
		}
		if a.Keeps {
			made.PlanModifiers = []planmodifier.List{listplanmodifier.UseStateForUnknown()}
		}
		return made
	}
	panic(fmt.Sprintf("the yardstick knows no attribute of the kind %q", a.Kind))
}

func (a attribute) stringModifiers() (modifiers []planmodifier.String) {
	if a.Replaces {
		modifiers = append(modifiers, stringplanmodifier.RequiresReplace())
	}
	if a.Keeps {
		modifiers = append(modifiers, stringplanmodifier.UseStateForUnknown())
	}
	return modifiers
}

func strings() attr.Type { return types.StringType }
