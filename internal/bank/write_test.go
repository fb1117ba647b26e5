package bank_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/iotlens/iotlens/internal/bank"
	"github.com/iotlens/iotlens/internal/lens"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// A written bank loads as the same lens, and the same lens gives the same bytes.
func TestABankThatIsWrittenLoadsAsTheSameLens(t *testing.T) {
	sound, problems := bank.Load(bank.Dir(filepath.Join(banks, "sound")))
	require.NoError(t, problems.Err())
	for name, l := range map[string]*lens.Lens{"the shipped bank": shipped(t), "a small one": sound} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			files := bank.Files(l)
			for _, f := range files {
				file := filepath.Join(dir, filepath.FromSlash(f.Path))
				require.NoError(t, os.MkdirAll(filepath.Dir(file), 0o755))
				require.NoError(t, os.WriteFile(file, f.Data, 0o600))
			}
			again, problems := bank.Validate(bank.Dir(dir))
			require.NoError(t, problems.Err())
			assert.Equal(t, l, again)
			assert.Equal(t, files, bank.Files(again))
		})
	}
}
