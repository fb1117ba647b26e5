// Command iotlens reviews IoT workloads against the AWS Well-Architected IoT
// Lens, offline.
package main

import (
	"os"

	"github.com/iotlens/iotlens/internal/cli"
)

func main() {
	os.Exit(int(cli.Main(os.Args[1:], cli.System())))
}
