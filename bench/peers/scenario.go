package main

import (
	"encoding/binary"
	"fmt"
	"os"

	core "github.com/envoyproxy/go-control-plane/envoy/config/core/v3"
	route "github.com/envoyproxy/go-control-plane/envoy/config/route/v3"
	runtime "github.com/envoyproxy/go-control-plane/envoy/service/runtime/v3"
	"github.com/envoyproxy/go-control-plane/pkg/cache/types"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/types/known/structpb"
	"google.golang.org/protobuf/types/known/wrapperspb"
)

// scenario says what is served to whom; bench/xds/scenario.ts explains it.
type scenario struct {
	Proxies   int    `json:"proxies"`
	Resources int    `json:"resources"`
	Shape     string `json:"shape"`  // shared, distinct, per-node
	Change    string `json:"change"` // route, weight
	File      string `json:"file"`
}

// contents of the scenario's file: first the runtime layer, then the routes that all share, then one route of each proxy.
type contents struct {
	layer  *runtime.Runtime
	shared []*route.RouteConfiguration
	own    []*route.RouteConfiguration
	// next holds the contents of the changes to come.
	next []proto.Message
}

func load(s scenario) (*contents, error) {
	bytes, err := os.ReadFile(s.File)
	if err != nil {
		return nil, err
	}
	var messages [][]byte
	for len(bytes) > 0 {
		length := binary.BigEndian.Uint32(bytes)
		messages = append(messages, bytes[4:4+length])
		bytes = bytes[4+length:]
	}
	c := &contents{layer: &runtime.Runtime{}}
	if err := proto.Unmarshal(messages[0], c.layer); err != nil {
		return nil, err
	}
	for _, message := range messages[1:] {
		r := &route.RouteConfiguration{}
		if err := proto.Unmarshal(message, r); err != nil {
			return nil, err
		}
		c.shared = append(c.shared, r)
	}
	if s.Shape != "shared" {
		own := len(c.shared) - s.Proxies
		c.shared, c.own = c.shared[:own], c.shared[own:]
	}
	c.prepare(s.Change)
	return c, nil
}

// prepared is how many changes are made ready at the start: a translation's work is not the server's.
const prepared = 400

func (c *contents) prepare(what string) {
	for number := range prepared {
		c.next = append(c.next, c.changed(what, number))
	}
}

// change puts a message with new content in the place of another: what is being served must not be touched.
func (c *contents) change(number int) {
	var next proto.Message
	switch next = c.next[number%len(c.next)]; message := next.(type) {
	case *runtime.Runtime:
		c.layer = message
	case *route.RouteConfiguration:
		c.shared = append([]*route.RouteConfiguration(nil), c.shared...)
		c.shared[len(c.shared)/2] = message
	}
}

func (c *contents) changed(what string, number int) proto.Message {
	if what == "weight" {
		layer := proto.Clone(c.layer).(*runtime.Runtime)
		layer.Layer.Fields["chronos.weight.0"] = structpb.NewNumberValue(float64(number % 10001))
		return layer
	}
	changed := proto.Clone(c.shared[len(c.shared)/2]).(*route.RouteConfiguration)
	clusters := changed.VirtualHosts[0].Routes[0].GetRoute().GetWeightedClusters().Clusters
	clusters[0].Weight = wrapperspb.UInt32(uint32(number % 10001))
	return changed
}

func (c *contents) routesOf(proxy int) []types.Resource {
	resources := make([]types.Resource, 0, len(c.shared)+1)
	for _, r := range c.shared {
		resources = append(resources, r)
	}
	if proxy >= 0 {
		resources = append(resources, c.own[proxy])
	}
	return resources
}

func (c *contents) allRoutes() []types.Resource {
	resources := c.routesOf(-1)
	for _, r := range c.own {
		resources = append(resources, r)
	}
	return resources
}

// hash tells proxies apart as Chronos does: by node.id where each has a snapshot of its own, by node.cluster elsewhere.
type hash struct{ perNode bool }

func (h hash) ID(node *core.Node) string {
	if h.perNode {
		return node.GetId()
	}
	return node.GetCluster()
}

func nodeID(proxy int) string { return fmt.Sprintf("proxy-%d", proxy) }
