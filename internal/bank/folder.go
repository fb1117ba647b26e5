package bank

import (
	"fmt"

	"github.com/iotlens/iotlens/internal/disk"
	"github.com/iotlens/iotlens/internal/lens"
)

// Write writes a lens as a bank into a folder, whole or not at all. The folder
// must not exist, or be empty. What is written loads as the same lens; a lens of
// which no sound bank can be made is an error, with all that Load says of it.
func Write(dir string, l *lens.Lens, o disk.Options) error {
	return disk.WriteFolder(dir, Files(l), o, func(temp string) error {
		b := Dir(temp)
		b.Name = dir
		if _, problems := Load(b); len(problems) > 0 {
			return fmt.Errorf("no sound bank can be made of it; nothing was written\n%w", problems.Err())
		}
		return nil
	})
}
